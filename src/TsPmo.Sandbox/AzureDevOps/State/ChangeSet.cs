namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>
/// One act on the organisation: all revisions it makes share a watermark and appear together or not at all.
/// A link between two items is a revision of both, with one exception: an item that gains or loses a child by an act on the child
/// shows it among its relations without a revision of its own.
/// </summary>
internal sealed class ChangeSet(AzureDevOpsOrganisation organisation, DateTimeOffset at, Identity by)
{
    private readonly SortedDictionary<int, ItemDraft> _drafts = [];
    private readonly List<(WorkItem Parent, Relation? Gained, int? Lost)> _children = [];
    private readonly List<(LinkType Type, WorkItem Source, WorkItem Target, bool IsActive, string? Comment)> _links = [];

    public DateTimeOffset At => at;

    public Identity By => by;

    public ItemDraft Draft(WorkItem item)
    {
        if (!_drafts.TryGetValue(item.Id, out var draft))
            _drafts[item.Id] = draft = new ItemDraft(item);
        return draft;
    }

    /// <summary>Relates two items; true unless they were so related before.</summary>
    public bool Link(WorkItem from, LinkType type, WorkItem to, string? comment = null)
    {
        if (Draft(from).Has(type.ReferenceName, to.Id))
            return false;
        Draft(from).Add(new Relation(type.ReferenceName, to.Id, null, comment, at, organisation.NextRelationId()));
        var seenFromThere = new Relation(type.Opposite, from.Id, null, comment, at, organisation.NextRelationId());
        if (type.ReferenceName == LinkTypes.Parent)
            _children.Add((to, seenFromThere, null));
        else
            Draft(to).Add(seenFromThere);
        Note(from, type, to, isActive: true, comment);
        return true;
    }

    public bool Unlink(WorkItem from, LinkType type, WorkItem to)
    {
        if (!Draft(from).Remove(type.ReferenceName, to.Id))
            return false;
        if (type.ReferenceName == LinkTypes.Parent)
            _children.Add((to, null, from.Id));
        else
            Draft(to).Remove(type.Opposite, from.Id);
        Note(from, type, to, isActive: false, comment: null);
        return true;
    }

    public void SetParent(WorkItem child, WorkItem? parent)
    {
        var type = LinkTypes.Find(LinkTypes.Parent) ?? throw new InvalidOperationException("The parent link type is missing.");
        foreach (var old in Draft(child).Relations.Where(relation => relation.Rel == type.ReferenceName && relation.Target is not null).ToList())
            Unlink(child, type, organisation.Item(old.Target.GetValueOrDefault()));
        if (parent is not null)
            Link(child, type, parent);
    }

    public void AddHyperlink(WorkItem item, string url, string? comment = null) =>
        Draft(item).Add(new Relation(LinkTypes.Hyperlink, null, url, comment, at, organisation.NextRelationId()));

    /// <summary>Writes what changed. False where nothing did: then there is no revision.</summary>
    public bool Commit()
    {
        var changed = _drafts.Values.Where(draft => draft.Changed()).ToList();
        if (changed.Count == 0)
            return false;
        var watermark = organisation.Log.NextWatermark();
        foreach (var draft in changed)
            Write(draft, watermark);
        foreach (var (parent, gained, lost) in _children)
            parent.Latest.Relations = [.. parent.Latest.Relations.Where(relation => relation.Rel != LinkTypes.Child || relation.Target != lost), .. gained is null ? Array.Empty<Relation>() : [gained]];
        foreach (var (type, source, target, isActive, comment) in _links)
            organisation.Log.Append(new LinkEvent(watermark, type.ReferenceName, source, target, at, by, isActive, comment));
        return true;
    }

    private void Write(ItemDraft draft, long watermark)
    {
        var before = draft.Item.Revisions.Count == 0 ? null : organisation.StateOf(draft.Item.Latest.Fields);
        var revision = draft.ToRevision(watermark, at, by, before, organisation.StateOf(draft));
        draft.Item.Revisions.Add(revision);
        organisation.Log.Append(revision);
    }

    private void Note(WorkItem from, LinkType type, WorkItem to, bool isActive, string? comment)
    {
        var forward = type.Forward ? type : LinkTypes.Find(type.Opposite) ?? type;
        _links.Add(type.Forward ? (forward, from, to, isActive, comment) : (forward, to, from, isActive, comment));
    }
}
