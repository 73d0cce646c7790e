using System.Runtime.InteropServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>An issue as found.</summary>
/// <param name="Id">Immutable id.</param>
/// <param name="Key">Key.</param>
/// <param name="Updated">Last update; null where it was not asked for.</param>
/// <param name="Json">The issue as received; empty where only what names it is kept.</param>
internal sealed record FoundIssue(string Id, string Key, DateTimeOffset? Updated, byte[] Json)
{
    /// <summary>One issue of an answer; null when it has no id.</summary>
    public static FoundIssue? Of(JsonElement issue, bool keepsBody = true) =>
        issue.Text("id") is { } id
            ? new(id, issue.Text("key") ?? id, JiraTime.Instant(issue.Member("fields").Member("updated")), keepsBody ? JsonMarshal.GetRawUtf8Value(issue).ToArray() : [])
            : null;
}
