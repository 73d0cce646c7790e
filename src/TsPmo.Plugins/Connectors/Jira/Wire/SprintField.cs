using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>The sprint field of an issue: objects, or on Data Center the text a Java object printed of itself.</summary>
internal static class SprintField
{
    /// <summary>Ids of every sprint in the field; elements without a readable id are left out.</summary>
    public static IEnumerable<string> Ids(JsonElement field) => Elements(field).Select(Id).OfType<string>();

    /// <summary>What the field tells of its sprints beside their ids.</summary>
    public static IEnumerable<PrintedSprint> Sprints(JsonElement field) => Elements(field).Select(Sprint).OfType<PrintedSprint>();

    private static IEnumerable<JsonElement> Elements(JsonElement field) => field.ValueKind == JsonValueKind.Array ? field.Items() : [field];

    private static string? Id(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.Text("id"),
        JsonValueKind.String => PrintedSprint.Read(element.WholeText())?.Id,
        JsonValueKind.Number => element.Text(),
        _ => null,
    };

    private static PrintedSprint? Sprint(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => PrintedSprint.Read(element.WholeText()),
        JsonValueKind.Object when element.Text("id") is { } id => new(
            id, element.Integer("boardId") ?? element.Integer("originBoardId"), element.Text("state")?.ToUpperInvariant(),
            JiraTime.Instant(element.Member("completeDate"))),
        _ => null,
    };
}
