using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Fields;

/// <summary>Some fields of an issue as they stand, as JSON. Its version is the time of its last update.</summary>
/// <param name="issue">The issue's answer.</param>
internal sealed class IssueState(JsonElement issue) : StandingFields
{
    public override string Item => issue.Text("key") ?? issue.Text("id") ?? "";

    public override string Project => issue.Member("fields").Member("project").Text("key") ?? "";

    public override long Version => JiraTime.Instant(issue.Member("fields").Member("updated"))?.ToUnixTimeMilliseconds() ?? 0;

    public override string? Value(string field) => FieldText.Kept(issue.Member("fields").Member(field));

    public override string? Shown(string field, string? value) => value is null ? null : FieldText.Of(Parsed(value));

    public override bool Same(string field, string? left, string? right) => left == right || (left is not null && right is not null && FieldText.Same(Parsed(left), Parsed(right)));

    private static JsonElement Parsed(string value)
    {
        using var document = JsonDocument.Parse(value);
        return document.RootElement.Clone();
    }
}
