using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using Roles = TsPmo.Model.Facts.FieldRole.Roles;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>What types, states and fields mean.</summary>
internal static class CatalogueFacts
{
    private const int Candidate = -1;

    public static Normalised OfProject(JsonElement body)
    {
        if (body.Text("project") is not { } project)
            return AzureDevOpsNormaliser.NotUnderstood("A project has no name.");
        var backlogs = new BacklogLevels(body.Child("process") ?? default);
        var facts = new List<Fact>();
        foreach (var type in body.Items("types"))
        {
            if (type.Text("name") is not { } name)
                continue;
            facts.Add(new TypeDefinition(project, null, name, backlogs.KindOf(name)));
            facts.AddRange(type.Items("states").Select(s => State(project, name, s)).OfType<StateDefinition>());
        }

        if (Effort(body.Child("process")) is { } effort)
            facts.Add(new FieldRole(project, Roles.Points, effort, Caption(effort), 0));
        return new(facts);
    }

    /// <summary>A process configuration describes the field; a backlog configuration names it.</summary>
    private static string? Effort(JsonElement? process)
    {
        var fields = process.Child("typeFields") ?? process.Child("backlogFields").Child("typeFields");
        return (fields.Child("Effort") ?? fields.Child("effort")) is { } effort ? effort.AsText() ?? effort.Text("referenceName") : null;
    }

    public static Normalised OfFields(JsonElement body)
    {
        var facts = new List<Fact> { new FieldRole("", Roles.Start, FieldNames.StartDate, Caption(FieldNames.StartDate), 0) };
        facts.AddRange(FieldNames.Finishes.Select((field, rank) => new FieldRole("", Roles.Finish, field, Caption(field), rank)));
        foreach (var field in body.Items("value"))
        {
            var (id, name) = (field.Text("referenceName") ?? "", field.Text("name") ?? "");
            if (FieldRoles.IsPoints(field))
                facts.Add(new FieldRole("", Roles.Points, id, name, Candidate));
            if (!FieldRoles.IsDate(field))
                continue;
            if (id != FieldNames.StartDate)
                facts.Add(new FieldRole("", Roles.Start, id, name, Candidate));
            if (!FieldNames.Finishes.Contains(id))
                facts.Add(new FieldRole("", Roles.Finish, id, name, Candidate));
        }

        return new(facts);
    }

    private static StateDefinition? State(string project, string type, JsonElement state)
    {
        State? meaning = state.Text("category")?.ToLowerInvariant() switch
        {
            "proposed" => Model.Work.State.ToDo,
            "inprogress" or "resolved" => Model.Work.State.InProgress,
            "completed" => Model.Work.State.Done,
            "removed" => Model.Work.State.Removed,
            _ => null,
        };
        return meaning is { } known && state.Text("name") is { } name ? new(project, type, null, name, known) : null;
    }

    /// <summary>"Microsoft.VSTS.Scheduling.StoryPoints" as people read it: "Story Points".</summary>
    private static string Caption(string field)
    {
        var last = field[(field.LastIndexOf('.') + 1)..];
        return string.Concat(last.Select((c, i) => i > 0 && char.IsUpper(c) && !char.IsUpper(last[i - 1]) ? $" {c}" : c.ToString()));
    }
}
