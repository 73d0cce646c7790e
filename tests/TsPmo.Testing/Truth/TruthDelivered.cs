using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>
/// What each deployment to production brought there first, by the sandbox's own account: a run carries what earlier runs of its pipeline left behind, and a change that
/// came to production once comes no second time.
/// </summary>
public static class TruthDelivered
{
    /// <summary>One line for each deployment of the project that ended in production, ordered by its end.</summary>
    public static IReadOnlyList<string> Of(TruthLog log, string tracker, string project)
    {
        var (waiting, built) = (new List<JsonObject>(), new HashSet<string>(StringComparer.Ordinal));
        var lines = new List<string>();
        foreach (var deployment in log.Of("deployment").Where(d => (string?)d["tracker"] == tracker && (string?)d["project"] == project))
        {
            var revision = (string)deployment["revision"]!;
            // The first run of a revision is the one that brings it.
            if (built.Add(revision))
                waiting.Add(deployment);
            if (!((string)deployment["environment"]!).StartsWith("prod", StringComparison.OrdinalIgnoreCase))
                continue;
            lines.Add(Line(deployment, waiting));
            if ((string?)deployment["result"] is "succeeded" or "partial")
                waiting.Clear();
        }

        return lines;
    }

    /// <summary>A line of the same form for what is known of a deployment.</summary>
    public static string Line(string id, IEnumerable<(string Revision, DateTimeOffset? At)> commits, IEnumerable<DateTimeOffset> merges, IEnumerable<string> items) =>
        $"{id}: {Listed(commits.Select(c => $"{c.Revision[..8]}@{TruthLog.Text(c.At)}"))}; merged {Listed(merges.Select(m => $"{TruthLog.Text(m)}"))}; {Listed(items)}";

    private static string Line(JsonObject deployment, IReadOnlyList<JsonObject> carried) => Line(
        (string)deployment["id"]!,
        carried.SelectMany(c => c["commits"]!.AsArray()).Select(c => ((string)c!["revision"]!, TruthLog.Instant(c["at"]))),
        carried.Select(c => TruthLog.Instant(c["mergedAt"])!.Value),
        carried.SelectMany(c => c["workItems"]!.AsArray()).Select(i => (string)i!));

    private static string Listed(IEnumerable<string> texts) => string.Join(' ', texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
