using System.Globalization;
using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Sweep;

/// <summary>
/// Lists the ids of a project's items by query, all of them or those that fulfil a condition. A query that finds too much, or takes too long, is refused whole, so the ids are then
/// asked for range by range.
/// </summary>
internal sealed class ItemSweep(AzureDevOpsClient client, DateTimeOffset? since, string? condition = null)
{
    private const string TooMany = "VS402337";
    private const string TookTooLong = "VS402335";

    /// <summary>A range of so many ids cannot hold too many items.</summary>
    private const long SafeRange = 20_000;

    /// <summary>A range of so few ids is not asked for in smaller ones, however long the answer takes.</summary>
    private const long SmallestRange = 500;

    /// <summary>A range that holds fewer is widened for the next question.</summary>
    private const int FewIds = 10_000;

    private const string Newer = ">=";
    private const string Older = "<";

    /// <summary>What is listed beside the beginning of the history: what was changed since, and apart from it what was not, since more may have been read once.</summary>
    private IReadOnlyList<string> Ages => since is null || condition is not null ? [Newer] : [Newer, Older];

    public async IAsyncEnumerable<ReadStep> RunAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var complete = new List<string>();
        foreach (var project in projects)
        {
            var isWhole = true;
            foreach (var age in Ages)
            {
                for (var at = SweptRange.Beginning; isWhole && !at.IsLast;)
                {
                    var (part, failure) = await TryNextAsync(project, age, at.Until, at.NextWidth, cancellationToken);
                    (isWhole, at) = (part is not null, part ?? at);
                    if (part is not null)
                        yield return new SweptItems(part.Ids) { AreBeyondHistory = age == Older };
                    else if (failure is not null && ReadingScope.Notice(failure, project) is { } notice)
                        yield return notice;
                }
            }

            if (isWhole)
                complete.Add(project);
        }

        yield return new SweepCompleted(complete);
    }

    private async Task<(SweptRange? Part, TrackerException? Failure)> TryNextAsync(string project, string age, long after, long width, CancellationToken cancellationToken)
    {
        try
        {
            return (await NextAsync(project, age, after, width, cancellationToken), null);
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return (null, e);
        }
    }

    /// <summary>All that is left, where that is not too much; else a range that is not, half as wide after every refusal.</summary>
    private async Task<SweptRange> NextAsync(string project, string age, long after, long width, CancellationToken cancellationToken)
    {
        if (await QueryAsync(project, age, after, null, mayBeRefused: true, cancellationToken) is { } rest)
            return new(rest, after, width, true);
        while (true)
        {
            if (await QueryAsync(project, age, after, after + width, width > SmallestRange, cancellationToken) is { } ids)
                return new(ids, after + width, ids.Count < FewIds ? width * 2 : width, false);
            width = Math.Max(SmallestRange, width / 2);
        }
    }

    /// <summary>Ids after one and up to another; null where they are too many for an answer or take too long to find.</summary>
    private async Task<IReadOnlyList<string>?> QueryAsync(string project, string age, long after, long? until, bool mayBeRefused, CancellationToken cancellationToken)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $" AND [System.Id] > {after}") + (until is { } last ? string.Create(CultureInfo.InvariantCulture, $" AND [System.Id] <= {last}") : "");
        var changed = since is { } day ? $" AND [System.ChangedDate] {age} '{WireDate.Write(day)}'" : "";
        var wanted = condition is null ? "" : $" AND ({condition})";
        var question = Composed.Object(json => json.WriteString("query", $"SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project{range}{changed}{wanted} ORDER BY [System.Id]"));
        try
        {
            var answer = await client.AskAsync("wit/wiql", $"{AzureDevOpsClient.Segment(project)}/_apis/wit/wiql", question, cancellationToken, ("timePrecision", "true"));
            return [.. answer.Body.Items("workItems").Select(i => i.Text("id")).OfType<string>()];
        }
        catch (TrackerException e) when (mayBeRefused && IsTooMuch(e))
        {
            return null;
        }
    }

    private static bool IsTooMuch(TrackerException failure) =>
        failure.Problem.Message.Contains(TooMany, StringComparison.Ordinal) || failure.Problem.Message.Contains(TookTooLong, StringComparison.Ordinal);

    /// <param name="Ids">Ids of the range.</param>
    /// <param name="Until">The last id the range covers.</param>
    /// <param name="NextWidth">How many ids the next range should cover.</param>
    /// <param name="IsLast">Whether nothing is left after it.</param>
    private sealed record SweptRange(IReadOnlyList<string> Ids, long Until, long NextWidth, bool IsLast)
    {
        public static SweptRange Beginning { get; } = new([], 0, SafeRange * 4, IsLast: false);
    }
}
