using System.Text.Json.Serialization;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Where reading of issues goes on.</summary>
internal sealed record IssueCursor
{
    /// <summary>Every update up to here was read, of the covered projects; null before the first complete run.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Projects that the last complete run read.</summary>
    public IReadOnlyList<string> Covered { get; init; } = [];

    /// <summary>Issues near <see cref="Since"/> with their last update in Unix milliseconds: the overlap shows them again.</summary>
    public Dictionary<string, long> Recent { get; init; } = [];

    /// <summary>Sprints that issues of this and of lately read runs carried; null: none.</summary>
    public IReadOnlyList<MetSprint>? Met { get; init; }

    /// <summary>The run under way; null between runs.</summary>
    public IssueRun? Run { get; init; }

    /// <summary>
    /// The cursor after a complete run. What was updated while the run was under way may have been missed on pages already read, so the cursor never
    /// passes the server's time at the run's beginning. Where a run saw nothing later than is known the cursor follows the clock, so that the overlap is not
    /// asked for again for ever.
    /// </summary>
    public IssueCursor Completed(IssueRun run)
    {
        var idle = run.StartedAt - JiraQuery.Overlap;
        var seen = run.Seen > Since || Since is null ? run.Seen ?? run.StartedAt : Since < idle ? idle : Since.Value;
        var since = seen < run.StartedAt ? seen : run.StartedAt;
        return new() { Since = since, Covered = run.Projects, Recent = run.Recent };
    }
}

/// <summary>One run over everything that changed, and how far it is.</summary>
internal sealed record IssueRun
{
    private const int MostRecent = 5000;

    /// <summary>The query; a page token belongs to exactly one.</summary>
    public required string Jql { get; init; }

    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>The server's time when the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Remote links that changed before this are known; null: none are.</summary>
    public DateTimeOffset? LinksKnownUntil { get; init; }

    /// <summary>Latest update seen.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>Issues that the next run's overlap will show again.</summary>
    public Dictionary<string, long> Recent { get; init; } = [];

    /// <summary>Next page of the cloud.</summary>
    public string? Token { get; init; }

    /// <summary>Next position in Data Center.</summary>
    public int StartAt { get; init; }

    /// <summary>Where its search is.</summary>
    [JsonIgnore]
    public SearchPosition Position => new(Jql, Token, StartAt);

    /// <summary>The run after some more issues were found.</summary>
    /// <param name="issues">What was found.</param>
    /// <param name="zone">The zone in which the server reads our dates; null when it is not known.</param>
    public IssueRun Found(IEnumerable<FoundIssue> issues, TimeZoneInfo? zone)
    {
        var all = Recent.ToDictionary(StringComparer.Ordinal);
        var seen = Seen;
        foreach (var issue in issues)
        {
            if (issue.Updated is not { } updated)
                continue;
            all[issue.Id] = updated.ToUnixTimeMilliseconds();
            seen = seen > updated ? seen : updated;
        }

        var mark = seen is null || StartedAt < seen ? StartedAt : seen.Value;
        var floor = JiraQuery.Earliest(mark, zone).ToUnixTimeMilliseconds();
        var recent = all.Where(r => r.Value >= floor).ToDictionary(StringComparer.Ordinal);
        return this with { Seen = seen, Recent = recent.Count > MostRecent ? Latest(recent) : recent };
    }

    private static Dictionary<string, long> Latest(Dictionary<string, long> recent) =>
        recent.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).Take(MostRecent).ToDictionary(StringComparer.Ordinal);
}
