using System.Runtime.InteropServices;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>
/// Puts histories together that arrive in pieces: an issue's may be split over pages and one entry may come more than once. Entries are kept
/// as received; whatever the split, the order and the repetition, the same entries come out.
/// </summary>
internal sealed class ChangelogMerge
{
    private readonly Dictionary<string, SortedDictionary<long, byte[]>> _issues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _linkedRemotely = new(StringComparer.Ordinal);

    /// <summary>Takes in one entry of an issue's history. Entries without a number are not told apart and cannot be kept.</summary>
    public void Add(string issueId, JsonElement history)
    {
        if (!long.TryParse(history.Text("id"), System.Globalization.CultureInfo.InvariantCulture, out var id))
            return;
        if (!_issues.TryGetValue(issueId, out var entries))
            _issues[issueId] = entries = [];
        entries[id] = JsonMarshal.GetRawUtf8Value(history).ToArray();
        if (TouchesRemoteLinks(history) && JiraTime.Instant(history.Member("created")) is { } at
            && (!_linkedRemotely.TryGetValue(issueId, out var latest) || at > latest))
            _linkedRemotely[issueId] = at;
    }

    /// <summary>An issue's entries, oldest number first.</summary>
    public IEnumerable<byte[]> Of(string issueId) => _issues.TryGetValue(issueId, out var entries) ? entries.Values : [];

    /// <summary>When an issue's remote links last changed; null when they never did.</summary>
    public DateTimeOffset? RemoteLinksChanged(string issueId) => _linkedRemotely.TryGetValue(issueId, out var at) ? at : null;

    private static bool TouchesRemoteLinks(JsonElement history) =>
        history.Items("items").Any(i => i.Text("field") is "RemoteIssueLink" or "RemoteWorkItemLink");
}
