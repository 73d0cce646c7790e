using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>What statuses, types and fields mean. Statuses go by the category's key and types by level: names may be in any language.</summary>
internal static class CatalogueFacts
{
    private const string Everywhere = "";
    private const string ServiceDesk = "[System] ";

    public static IReadOnlyList<Fact> Roles(JsonElement fields) =>
        [.. fields.Items().Select(f => new FieldRole(Everywhere, f.Text("role") ?? "", f.Text("id") ?? "", f.Text("name") ?? "", (int)(f.Integer("rank") ?? -1)))];

    /// <summary>A board that estimates in a field of numbers gives its projects their points field.</summary>
    public static IReadOnlyList<Fact> Estimation(JsonElement body)
    {
        var estimation = body.Member("configuration").Member("estimation");
        var field = estimation.Member("field");
        if (estimation.Text("type") != "field" || field.Text("fieldId") is not { } id || !id.StartsWith("customfield_", StringComparison.Ordinal))
            return [];
        return [.. body.Items("projects").Select(p => p.Text()).OfType<string>()
            .Select(project => new FieldRole(project, FieldRole.Roles.Points, id, field.Text("displayName") ?? id, 0))];
    }

    public static StateDefinition? Status(JsonElement status) =>
        status.Text("id") is { } id && status.Text("name") is { } name
            ? new(Everywhere, Everywhere, id, name, State(status.Member("statusCategory").Text("key")))
            : null;

    public static TypeDefinition? Type(JsonElement type) =>
        type.Text("id") is { } id && type.Text("name") is { } name ? new(Everywhere, id, name, Kind(type, name)) : null;

    private static State State(string? category) => category switch
    {
        "indeterminate" => Model.Work.State.InProgress,
        "done" => Model.Work.State.Done,
        _ => Model.Work.State.ToDo,
    };

    private static WorkItemKind Kind(JsonElement type, string name)
    {
        var level = type.Integer("hierarchyLevel");
        if (type.IsTrue("subtask") || level < 0)
            return WorkItemKind.Subtask;
        if (level >= 1)
            return WorkItemKind.Epic;
        var plain = name.StartsWith(ServiceDesk, StringComparison.OrdinalIgnoreCase) ? name[ServiceDesk.Length..] : name;
        return plain.Trim().ToUpperInvariant() switch
        {
            "EPIC" => WorkItemKind.Epic,
            "STORY" => WorkItemKind.Story,
            "TASK" => WorkItemKind.Task,
            "BUG" => WorkItemKind.Bug,
            "FEATURE" => WorkItemKind.Feature,
            "INCIDENT" => WorkItemKind.Incident,
            "RISK" => WorkItemKind.Risk,
            _ => WorkItemKind.Other,
        };
    }
}
