using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>An issue as found.</summary>
/// <param name="Id">Immutable id.</param>
/// <param name="Key">Key.</param>
/// <param name="Updated">Last update; null where it was not asked for.</param>
/// <param name="Json">The issue as received, without its history; empty where only what names it is kept.</param>
/// <param name="History">The history that came with it, which only Data Center's is whole.</param>
internal sealed record FoundIssue(string Id, string Key, DateTimeOffset? Updated, byte[] Json, IReadOnlyList<HistoryEntry> History)
{
    private const string Changelog = "changelog";

    /// <summary>The id as the number by which searches order; null where it is none.</summary>
    public long? Number => long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>One issue of an answer; null when it has no id.</summary>
    public static FoundIssue? Of(JsonElement issue, bool keepsBody = true)
    {
        if (issue.Text("id") is not { } id)
            return null;
        var (key, updated) = (issue.Text("key") ?? id, JiraTime.Instant(issue.Member("fields").Member("updated")));
        return keepsBody
            ? new(id, key, updated, WithoutHistory(issue), [.. issue.Member(Changelog).Items("histories").Select(HistoryEntry.Of)])
            : new(id, key, updated, [], []);
    }

    /// <summary>The issues of an answer, made one by one while it is read.</summary>
    public static SetAside<FoundIssue?> Aside(bool keepsBody = true) => new("issues", issue => Of(issue, keepsBody));

    private static byte[] WithoutHistory(JsonElement issue) => JsonMarshal.GetRawUtf8Value(issue.Member(Changelog).ValueKind == JsonValueKind.Undefined ? issue : JiraJson.Build(w =>
    {
        w.WriteStartObject();
        foreach (var property in issue.EnumerateObject().Where(p => p.Name != Changelog))
        {
            w.WritePropertyName(property.Name);
            w.WriteRaw(property.Value);
        }

        w.WriteEndObject();
    })).ToArray();
}
