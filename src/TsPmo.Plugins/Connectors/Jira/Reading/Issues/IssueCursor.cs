using System.Text.Json.Serialization;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Where reading of issues goes on. Its instants are those that issues tell: no clock says that something was read.</summary>
internal sealed record IssueCursor
{
    /// <summary>Every update up to here was read, of the covered projects; null while no issue was ever seen.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Projects that the last complete run read.</summary>
    public IReadOnlyList<string> Covered { get; init; } = [];

    /// <summary>Issues near <see cref="Since"/> with their last update in Unix milliseconds: the overlap shows them again.</summary>
    public Dictionary<string, long> Recent { get; init; } = [];

    /// <summary>Those of <see cref="Recent"/> that may have been changed once more within the moment that their update tells, so that the next run looks again.</summary>
    public HashSet<string>? Fresh { get; init; }

    /// <summary>What of the overlap could not be remembered; null: nothing.</summary>
    public IssueCrowd? Crowd { get; init; }

    /// <summary>What was updated up to here and is not remembered was read late enough to be known; null: nothing.</summary>
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>Our time at the end of the last complete run, from which only lengths of time are taken.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Sprints that issues of this and of lately read runs carried; null: none.</summary>
    public IReadOnlyList<MetSprint>? Met { get; init; }

    /// <summary>The run under way; null between runs.</summary>
    public IssueRun? Run { get; init; }

    /// <summary>The update from which a query, with its overlap, goes on: after the minute of a crowd that is known.</summary>
    [JsonIgnore]
    public DateTimeOffset? AskedSince
    {
        get
        {
            var next = KnownUntil is { } known ? JiraQuery.MinuteAfter(known) + JiraQuery.Overlap : Since;
            return next > Since ? next : Since;
        }
    }

    /// <summary>Whether an issue has been read as it is now. The overlap shows again what was read before; the same update brings nothing new.</summary>
    public bool Knows(FoundIssue issue) => Recent.ContainsKey(issue.Id) ? HasRead(issue) && Fresh?.Contains(issue.Id) != true : issue.Updated <= KnownUntil;

    /// <summary>Whether an issue was read with the update that it shows.</summary>
    public bool HasRead(FoundIssue issue) => Recent.TryGetValue(issue.Id, out var read) && read == issue.Updated?.ToUnixTimeMilliseconds();

    /// <summary>
    /// The cursor after a complete run. What was updated while the run was under way may have been missed on pages already read, so the cursor stays behind the
    /// latest update by as long as the run lasted.
    /// </summary>
    public IssueCursor Completed(IssueRun run, DateTimeOffset now)
    {
        var seen = run.Seen - run.Lasted(now);
        return new()
        {
            Since = seen > Since || Since is null ? seen : Since,
            Covered = run.Projects,
            Recent = run.Recent,
            Fresh = run.Fresh,
            Crowd = run.Crowd is { } until ? new(until, Crowd?.Until == until ? Crowd.SeenAt : now) : null,
            KnownUntil = Crowd is { } crowd && run.StartedAt - crowd.SeenAt >= JiraQuery.Overlap ? crowd.Until : KnownUntil,
            CompletedAt = now,
        };
    }
}

/// <summary>Issues of the overlap that are too many to be remembered. A run that begins when answers no longer lag behind reads them all.</summary>
/// <param name="Until">The latest update among them.</param>
/// <param name="SeenAt">Our time when they had first been read.</param>
internal sealed record IssueCrowd(DateTimeOffset Until, DateTimeOffset SeenAt);

/// <summary>One run over everything that changed, and how far it is.</summary>
internal sealed record IssueRun
{
    private const int MostRecent = 5000;

    /// <summary>Servers may tell updates in whole seconds, so that of one so near to what they show another with the same time may follow.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>The query; a page token belongs to exactly one.</summary>
    public required string Jql { get; init; }

    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>Our time when the run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Remote links that changed before this are known; null: none are.</summary>
    public DateTimeOffset? LinksKnownUntil { get; init; }

    /// <summary>Latest update seen.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>Issues that the next run's overlap will show again.</summary>
    public Dictionary<string, long> Recent { get; init; } = [];

    /// <summary>Those of them that the next run is to look at again; null: none.</summary>
    public HashSet<string>? Fresh { get; init; }

    /// <summary>The latest update of those that there was no room for; null: there are none.</summary>
    public DateTimeOffset? Crowd { get; init; }

    /// <summary>Next page of the cloud.</summary>
    public string? Token { get; init; }

    /// <summary>Next position in Data Center.</summary>
    public int StartAt { get; init; }

    /// <summary>The highest number of an issue found; null: none was.</summary>
    public long? LastNumber { get; init; }

    /// <summary>Where its search is.</summary>
    [JsonIgnore]
    public SearchPosition Position => new(Jql, Token, StartAt, LastNumber);

    /// <summary>How long it has lasted, whichever passes it took.</summary>
    public TimeSpan Lasted(DateTimeOffset now) => now > StartedAt ? now - StartedAt : TimeSpan.Zero;

    /// <summary>The run after some more issues were found.</summary>
    /// <param name="issues">What was found.</param>
    /// <param name="before">The cursor with which the run began.</param>
    /// <param name="session">Tells the zone in which the server reads our dates, and the clocks.</param>
    /// <param name="now">Our time.</param>
    public IssueRun Found(IReadOnlyList<FoundIssue> issues, IssueCursor before, JiraSession session, DateTimeOffset now)
    {
        var (all, fresh) = (Recent.ToDictionary(StringComparer.Ordinal), (Fresh ?? []).ToHashSet(StringComparer.Ordinal));
        var seen = issues.Select(i => i.Updated).Append(Seen).Max();
        foreach (var issue in issues)
        {
            if (issue.Updated is not { } updated)
                continue;
            all[issue.Id] = updated.ToUnixTimeMilliseconds();
            if (IsPast(updated, seen, session) || IsSecondLook(issue, before))
                fresh.Remove(issue.Id);
            else
                fresh.Add(issue.Id);
        }

        var run = this with { Seen = seen, LastNumber = issues.Select(i => i.Number).Append(LastNumber).Max() };
        return seen is { } latest ? run.Remembering(all, fresh, JiraQuery.Earliest(latest - Lasted(now), session.Zone)) : run;
    }

    /// <summary>Whether the moment of an update is over, by the updates that the server shows or by both clocks, of which one may be wrong.</summary>
    private static bool IsPast(DateTimeOffset updated, DateTimeOffset? seen, JiraSession session) =>
        updated <= seen - Moment || (updated <= session.ServerTime - Moment && updated <= session.OurTime - Moment);

    private bool IsSecondLook(FoundIssue issue, IssueCursor before) => before.Knows(issue) || (before.HasRead(issue) && StartedAt - before.CompletedAt >= Moment);

    private IssueRun Remembering(Dictionary<string, long> all, HashSet<string> fresh, DateTimeOffset from)
    {
        var floor = from.ToUnixTimeMilliseconds();
        var latest = all.Where(r => r.Value >= floor).OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
        var recent = latest.Take(MostRecent).ToDictionary(StringComparer.Ordinal);
        fresh.IntersectWith(recent.Keys);
        DateTimeOffset? dropped = latest.Count > MostRecent ? DateTimeOffset.FromUnixTimeMilliseconds(latest[MostRecent].Value) : null;
        var crowd = new[] { Crowd, dropped }.Max();
        return this with { Recent = recent, Fresh = fresh.Count > 0 ? fresh : null, Crowd = crowd >= from ? crowd : null };
    }
}
