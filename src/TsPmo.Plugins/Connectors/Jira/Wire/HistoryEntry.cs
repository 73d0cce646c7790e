using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>One entry of an issue's history.</summary>
/// <param name="Id">Its number; null when it has none that can be read.</param>
/// <param name="Json">The entry as received.</param>
/// <param name="RemoteLinksChanged">When it tells of a remote link that came or went, its instant; else null.</param>
/// <param name="CameIntoSight">When it tells of a move or of another security level, after which links may be there that came long before, its instant; else null.</param>
/// <param name="Moved">When it tells of a move between projects without the keys, the ids of the projects; else none.</param>
internal sealed record HistoryEntry(long? Id, byte[] Json, DateTimeOffset? RemoteLinksChanged, DateTimeOffset? CameIntoSight, IReadOnlyList<string> Moved)
{
    public static HistoryEntry Of(JsonElement history) => new(
        long.TryParse(history.Text("id"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : null,
        JsonMarshal.GetRawUtf8Value(history).ToArray(),
        When(history, i => i.Text("field") is "RemoteIssueLink" or "RemoteWorkItemLink"),
        When(history, i => ChangedField.IsKey(i) || ChangedField.IsProject(i) || ChangedField.IsSecurity(i)),
        Projects(history));

    private static IReadOnlyList<string> Projects(JsonElement history)
    {
        var told = history.Items("items").Where(ChangedField.IsProject).ToList();
        return told.Count == 0 || history.Items("items").Any(ChangedField.IsKey)
            ? []
            : [.. told.SelectMany(i => new[] { i.Text("from"), i.Text("to") }).Where(id => !string.IsNullOrEmpty(id)).OfType<string>()];
    }

    private static DateTimeOffset? When(JsonElement history, Func<JsonElement, bool> isOne) =>
        history.Items("items").Any(isOne) ? JiraTime.Instant(history.Member("created")) : null;
}
