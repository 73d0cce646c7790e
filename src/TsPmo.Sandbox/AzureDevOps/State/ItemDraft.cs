using System.Collections.Immutable;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>The next revision of an item while it is being made. Nothing is visible before the change set commits.</summary>
internal sealed class ItemDraft
{
    private readonly Revision? _base;
    private readonly ImmutableSortedDictionary<string, object>.Builder _fields;
    private readonly List<Relation> _relations;

    public ItemDraft(WorkItem item)
    {
        Item = item;
        _base = item.Revisions.Count == 0 ? null : item.Latest;
        _fields = (_base?.Fields ?? ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal)).ToBuilder();
        _fields.Remove(History);
        _relations = _base is null ? [] : [.. _base.Relations];
    }

    public WorkItem Item { get; }

    public IReadOnlyList<Relation> Relations => _relations;

    /// <summary>Makes a revision even where no field differs: a comment that repeats, an edited comment.</summary>
    public bool Forced { get; set; }

    [System.Runtime.CompilerServices.IndexerName("Field")]
    public object? this[string field]
    {
        get => _fields.GetValueOrDefault(field);
        set
        {
            if (value is null or "")
                _fields.Remove(field);
            else
                _fields[field] = value;
        }
    }

    public string Text(string field) => this[field] as string ?? string.Empty;

    public void Add(Relation relation) => _relations.Add(relation);

    public bool Remove(string rel, int target) => _relations.RemoveAll(relation => relation.Rel == rel && relation.Target == target) > 0;

    public void RemoveAt(int index) => _relations.RemoveAt(index);

    public void ReplaceAt(int index, Relation relation) => _relations[index] = relation;

    public bool Has(string rel, int target) => _relations.Exists(relation => relation.Rel == rel && relation.Target == target);

    /// <summary>Whether a revision would differ from the one before it.</summary>
    public bool Changed()
    {
        if (Forced || _base is null || !_relations.SequenceEqual(_base.Relations))
            return true;
        var before = _base.Fields.Remove(History);
        return before.Count != _fields.Count || _fields.Any(field => !Equals(before.GetValueOrDefault(field.Key), field.Value));
    }

    /// <summary>Completes what the server itself keeps and gives the revision; nothing is appended yet.</summary>
    public Revision ToRevision(long watermark, DateTimeOffset at, Identity by, StateDefinition? before, StateDefinition after)
    {
        if (before != after)
            StampState(at, by, after);
        this[Parent] = _relations.Find(relation => relation.Rel == LinkTypes.Parent)?.Target;
        _fields[Id] = Item.Id;
        _fields[Rev] = Item.Revisions.Count + 1;
        _fields[Watermark] = watermark;
        _fields[ChangedDate] = at;
        _fields[AuthorizedDate] = at;
        _fields[ChangedBy] = by;
        _fields.TryAdd(CreatedDate, at);
        _fields.TryAdd(CreatedBy, by);
        Count();
        return new Revision(Item, Item.Revisions.Count + 1, watermark, at, by, _fields.ToImmutable(), [.. _relations]);
    }

    private void Count()
    {
        _fields[HyperLinkCount] = _relations.Count(relation => relation.Rel == LinkTypes.Hyperlink);
        _fields[RelatedLinkCount] = _relations.Count(relation => relation.Target is not null);
        _fields[ExternalLinkCount] = _relations.Count(relation => relation.Rel == LinkTypes.Artifact);
        _fields[CommentCount] = Item.Comments.Count(comment => !comment.Deleted);
        _fields[AttachedFileCount] = 0;
        _fields[RemoteLinkCount] = 0;
    }

    private void StampState(DateTimeOffset at, Identity by, StateDefinition after)
    {
        this[StateChangeDate] = at;
        this[Reason] = _base is null ? "New" : "Moved to state " + after.Name;
        Stamp(after.Category == "InProgress", after.Category is "Resolved" or "Completed", ActivatedDate, ActivatedBy, at, by);
        Stamp(after.Category == "Resolved", after.Category == "Completed", ResolvedDate, ResolvedBy, at, by);
        Stamp(after.Category == "Completed", keep: false, ClosedDate, ClosedBy, at, by);
    }

    private void Stamp(bool entered, bool keep, string dateField, string byField, DateTimeOffset at, Identity by)
    {
        if (entered)
            (this[dateField], this[byField]) = (at, by);
        else if (!keep)
            (this[dateField], this[byField]) = (null, null);
    }
}
