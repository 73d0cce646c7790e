using System.Globalization;
using System.Text.Json;
using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Patching;

/// <summary>Adds, removes and annotates relations of one item.</summary>
internal sealed class RelationPatch(AzureDevOpsOrganisation organisation, ChangeSet changes, WorkItem item)
{
    private readonly ItemDraft _draft = changes.Draft(item);

    public void Apply(PatchOperation operation)
    {
        switch (operation.Op, operation.Path)
        {
            case ("add", [_, "-"]): Add(operation.Value); break;
            case ("remove", [_, var index]): Remove(Index(index)); break;
            case ("add" or "replace", [_, var index, "attributes", "comment"]):
                _draft.ReplaceAt(Index(index), _draft.Relations[Index(index)] with { Comment = operation.Value.ToString() });
                break;
            default: throw Refusal.Bad($"The operation \"{operation.Op}\" is not valid for the path \"/{string.Join('/', operation.Path)}\".", "PatchOperationFailedException");
        }
    }

    private int Index(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _draft.Relations.Count
            ? index
            : throw Refusal.Bad($"The index value provided for the path relations/{text} is out of range.", "PatchOperationFailedException");

    private void Add(JsonElement value)
    {
        var (rel, url) = (Text(value, "rel"), Text(value, "url"));
        var comment = value.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object && attributes.TryGetProperty("comment", out var text) ? text.GetString() : null;
        if (rel is LinkTypes.Hyperlink)
            AddHyperlink(url, comment);
        else
            AddLink(LinkTypes.Find(rel) ?? throw Refusal.Bad($"Unrecognized link type '{rel}'.", "WorkItemLinkTypeNotFoundException"), url, comment);
    }

    private static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 } given
            ? given
            : throw Refusal.Bad($"A relation needs \"{name}\".", "PatchOperationFailedException");

    private void AddHyperlink(string url, string? comment)
    {
        if (_draft.Relations.Any(relation => relation.Rel == LinkTypes.Hyperlink && relation.Url == url))
            throw AlreadyThere();
        changes.AddHyperlink(item, url, comment);
    }

    private void AddLink(LinkType type, string url, string? comment)
    {
        var target = Target(url);
        if (Parents(type, target) > 0)
            throw Refusal.Bad($"TF201036: You cannot add a {type.Name} link between work items {item.Id} and {target.Id} because a work item can have only one Parent link.", "WorkItemLinkInvalidException");
        if (type.ReferenceName != LinkTypes.Related && Reaches(target, type.ReferenceName, item.Id))
            throw Refusal.Bad($"TF201035: Circular relationship was found while trying to add a {type.Name} link between work items {item.Id} and {target.Id}.", "WorkItemLinkInvalidException");
        if (!changes.Link(item, type, target, comment))
            throw AlreadyThere();
    }

    private int Parents(LinkType type, WorkItem target) => type.ReferenceName switch
    {
        LinkTypes.Parent => _draft.Relations.Count(relation => relation.Rel == LinkTypes.Parent && relation.Target != target.Id),
        LinkTypes.Child => changes.Draft(target).Relations.Count(relation => relation.Rel == LinkTypes.Parent && relation.Target != item.Id),
        _ => 0,
    };

    private WorkItem Target(string url)
    {
        var id = int.TryParse(url[(url.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refusal.Bad($"\"{url}\" is not the address of a work item.", "PatchOperationFailedException");
        return organisation.FindItem(id) is { Deleted: false } target ? target : throw Refusal.NoWorkItem(id);
    }

    /// <summary>Whether a chain of such links leads from the item to the wanted one.</summary>
    private bool Reaches(WorkItem start, string rel, int wanted)
    {
        var (seen, open) = (new HashSet<int>(), new Stack<WorkItem>([start]));
        while (open.TryPop(out var next))
        {
            if (next.Id == wanted)
                return true;
            if (!seen.Add(next.Id))
                continue;
            foreach (var relation in next.Latest.Relations.Where(relation => relation.Rel == rel && relation.Target is not null))
                open.Push(organisation.Item(relation.Target.GetValueOrDefault()));
        }

        return false;
    }

    private void Remove(int index)
    {
        var relation = _draft.Relations[index];
        if (relation.Target is { } target && LinkTypes.Find(relation.Rel) is { } type)
            changes.Unlink(item, type, organisation.Item(target));
        else
            _draft.RemoveAt(index);
    }

    private static Refusal AlreadyThere() => Refusal.Bad("Relation already exists.", "RelationAlreadyExistsException");
}
