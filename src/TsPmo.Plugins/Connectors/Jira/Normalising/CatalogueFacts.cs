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

    /// <summary>
    /// The points fields of one project: those of its boards that estimate in a number. Where they estimate in something else (hours, issues, nothing) that takes the
    /// place of a points field and holds none. Where no board says anything, the project's own fields count. What was chosen before and is not any more is taken back.
    /// </summary>
    public static IReadOnlyList<Fact> Estimation(JsonElement body)
    {
        if (body.Text("project") is not { } project)
            return [];
        var boards = body.Items("estimations").Select(Estimate).DistinctBy(e => e.Id, StringComparer.Ordinal).ToList();
        var numbers = boards.Where(e => IsCustom(e.Id)).ToList();
        var chosen = (numbers.Count > 0 ? numbers : boards).Select((e, rank) => new FieldRole(project, FieldRole.Roles.Points, e.Id, e.Name, rank)).ToList();
        var others = body.Items("candidates").Where(c => chosen.All(r => r.FieldId != c.Text("id"))).Select(c => new FieldRole(
            project, FieldRole.Roles.Points, c.Text("id") ?? "", c.Text("name") ?? "", chosen.Count == 0 ? (int)(c.Integer("rank") ?? -1) : -1));
        return [.. chosen, .. others];
    }

    /// <summary>Whether an estimation is in a field of numbers that are points.</summary>
    public static bool IsCustom(string fieldId) => fieldId.StartsWith("customfield_", StringComparison.Ordinal);

    /// <summary>A status of a team-managed project is known there by its name too; by its id, which is unique, everywhere.</summary>
    public static IReadOnlyList<Fact> Statuses(JsonElement status)
    {
        if (status.Text("id") is not { } id || status.Text("name") is not { } name)
            return [];
        var everywhere = new StateDefinition(Everywhere, Everywhere, id, name, State(status.Member("statusCategory").Text("key")));
        return status.Text("project") is { } project ? [everywhere, everywhere with { Project = project }] : [everywhere];
    }

    /// <summary>The types of a service desk: those that its requests for incidents are made of are incidents, whatever they are called.</summary>
    public static IReadOnlyList<Fact> ServiceDeskTypes(JsonElement body)
    {
        var facts = new List<Fact>();
        foreach (var type in body.Text("project") is null ? [] : body.Items("types"))
        {
            if (Type(type) is { } known)
                facts.Add(known with { Project = body.Text("project") ?? "", Kind = type.IsTrue("incident") ? WorkItemKind.Incident : known.Kind });
        }

        return facts;
    }

    public static TypeDefinition? Type(JsonElement type) =>
        type.Text("id") is { } id && type.Text("name") is { } name ? new(Everywhere, id, name, Kind(type, name)) : null;

    private static (string Id, string Name) Estimate(JsonElement estimation)
    {
        var kind = estimation.Text("type") ?? "none";
        var field = estimation.Member("field");
        var id = kind == "field" ? field.Text("fieldId") ?? kind : kind;
        return (id, field.Text("displayName") ?? id);
    }

    /// <summary>What a category means, by its key.</summary>
    public static State State(string? category) => category switch
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
