using System.Globalization;
using System.Text.Json;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.Patching;

/// <summary>Applies a patch document to one item: all of it or, at the first refusal, nothing.</summary>
internal sealed class ItemPatch(AzureDevOpsOrganisation organisation, ChangeSet changes, WorkItem item, IReadOnlyList<PatchOperation> operations)
{
    private readonly ItemDraft _draft = changes.Draft(item);

    public void ApplyAsNew(TeamProject project, WorkItemTypeDefinition type)
    {
        (_draft[FieldNames.TeamProject], _draft[WorkItemType], _draft[FieldNames.State]) = (project.Name, type.Name, type.States[0].Name);
        (_draft[AreaPath], _draft[AreaId], _draft[NodeName]) = (project.Areas.ItemPath, project.Areas.Id, project.Areas.Name);
        (_draft[IterationPath], _draft[IterationId]) = (project.Iterations.ItemPath, project.Iterations.Id);
        Apply();
    }

    public void Apply()
    {
        foreach (var operation in operations)
            Apply(operation);
        new ItemRules(organisation).Check(_draft);
    }

    /// <summary>Writes the revision; a text for the history becomes a comment of the discussion. False where nothing differed.</summary>
    public bool Commit()
    {
        if (_draft[History] is string text)
            item.Comments.Add(new ItemComment(organisation.NextCommentId(), changes.By, changes.At) { Text = text, Format = "html" });
        return changes.Commit();
    }

    private void Apply(PatchOperation operation)
    {
        switch (operation.Path)
        {
            case ["rev"] when operation.Op == "test": Test(operation, "/rev", JsonSerializer.SerializeToElement(item.Revisions.Count)); break;
            case ["fields", var name]: ApplyField(operation, name); break;
            case ["relations", ..]: new RelationPatch(organisation, changes, item).Apply(operation); break;
            case ["multilineFieldsFormat", var name] when organisation.Dialect.Markdown: WorkItemQueries.Field(name); break;
            default: throw Refusal.Bad($"The path \"/{string.Join('/', operation.Path)}\" is not valid for a work item.", "PatchOperationFailedException");
        }
    }

    private void ApplyField(PatchOperation operation, string name)
    {
        var field = FieldCatalogue.Find(WorkItemQueries.Field(name)) ?? throw new InvalidOperationException($"The field {name} was found and is missing.");
        switch (operation.Op)
        {
            case "test": Test(operation, $"/fields/{field.ReferenceName}", JsonSerializer.SerializeToElement(Comparable(_draft[field.ReferenceName]))); break;
            case "replace" when _draft[field.ReferenceName] is null:
                throw Refusal.Bad($"The field {field.ReferenceName} has no value that could be replaced.", "PatchOperationFailedException");
            case "add" or "replace" or "remove": new FieldPatch(organisation, _draft).Set(field, operation); break;
            default: throw Refusal.Bad($"The operation \"{operation.Op}\" is not supported for fields.", "PatchOperationFailedException");
        }
    }

    private static object? Comparable(object? value) => value switch
    {
        Identity person => person.CombinedName,
        DateTimeOffset at => Wire.WireDate.Write(at),
        _ => value,
    };

    private static void Test(PatchOperation operation, string path, JsonElement actual)
    {
        if (!JsonElement.DeepEquals(actual, Wanted(operation.Value, actual)))
            throw new Refusal(412, "TestPatchOperationFailedException", $"VS403351: Test Operation for path {path} failed, value {actual} was not equal to test value {operation.Value}.");
    }

    /// <summary>Clients send numbers also as text.</summary>
    private static JsonElement Wanted(JsonElement value, JsonElement actual) => value.ValueKind switch
    {
        JsonValueKind.Undefined => JsonSerializer.SerializeToElement<object?>(null),
        JsonValueKind.String when actual.ValueKind == JsonValueKind.Number && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            JsonSerializer.SerializeToElement(number),
        _ => value,
    };
}
