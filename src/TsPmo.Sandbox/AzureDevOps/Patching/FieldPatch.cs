using System.Globalization;
using System.Text.Json;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.Patching;

/// <summary>Sets one field of a draft from what a client sent, in the field's own type.</summary>
internal sealed class FieldPatch(AzureDevOpsOrganisation organisation, ItemDraft draft)
{
    private const int LongestText = 255;

    public void Set(FieldDefinition field, PatchOperation operation)
    {
        if (field.ReadOnly)
            throw Refusal.Rule(field.ReferenceName, "ReadOnly");
        if (operation.Clears)
            Clear(field);
        else if (field.ReferenceName == FieldNames.TeamProject)
            Move(operation.Value.ToString());
        else if (field.Type == "treePath")
            SetNode(field, operation.Value.ToString());
        else
            draft[field.ReferenceName] = Read(field, operation.Value);
    }

    private void Clear(FieldDefinition field)
    {
        if (field.ReferenceName is FieldNames.TeamProject or WorkItemType or AreaPath or IterationPath)
            throw Refusal.Rule(field.ReferenceName, "Required, InvalidEmpty");
        draft[field.ReferenceName] = null;
    }

    private object Read(FieldDefinition field, JsonElement value) => field switch
    {
        { ReferenceName: Tags } => TagList.Write(TagList.Read(value.ToString())),
        { IsIdentity: true } => Person(field, value),
        { Type: "integer" } => (int)Number(field, value),
        { Type: "double" } => Number(field, value),
        { Type: "dateTime" } => WireDate.Read(value.ToString()) ?? throw Refusal.Rule(field.ReferenceName, "InvalidDate"),
        { Type: "boolean" } => value.ValueKind == JsonValueKind.True,
        { IsLongText: false } when value.ToString().Length > LongestText => throw Refusal.Rule(field.ReferenceName, "InvalidTooLong"),
        _ => value.ToString(),
    };

    private Identity Person(FieldDefinition field, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("uniqueName", out var unique) ? unique.ToString() : value.ToString();
        return organisation.FindPerson(text) ?? throw Refusal.Bad($"The identity value '{text}' for field '{field.Name}' is an unknown identity.", "InvalidIdentityException");
    }

    private static double Number(FieldDefinition field, JsonElement value) =>
        double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.Rule(field.ReferenceName, "InvalidType");

    private void SetNode(FieldDefinition field, string path)
    {
        var node = organisation.Node(field.ReferenceName == AreaPath ? "area" : "iteration", path)
            ?? throw Refusal.Bad($"TF401347: Invalid tree name given for work item {draft.Item.Id}, field '{field.ReferenceName}'.", "WorkItemTreeNameInvalidException");
        if (field.ReferenceName == AreaPath)
            (draft[AreaPath], draft[AreaId], draft[NodeName]) = (node.ItemPath, node.Id, node.Name);
        else
            (draft[IterationPath], draft[IterationId]) = (node.ItemPath, node.Id);
    }

    /// <summary>A move takes the item to the roots of the new project's trees.</summary>
    private void Move(string name)
    {
        var project = organisation.FindProject(name) ?? throw Refusal.Rule(FieldNames.TeamProject, "LimitedToValues");
        draft[FieldNames.TeamProject] = project.Name;
        (draft[AreaPath], draft[AreaId], draft[NodeName]) = (project.Areas.ItemPath, project.Areas.Id, project.Areas.Name);
        (draft[IterationPath], draft[IterationId]) = (project.Iterations.ItemPath, project.Iterations.Id);
    }
}
