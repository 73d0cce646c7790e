using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>
/// The incidents of a project and the deployments they are put to: those that somebody said they were found in, those that brought the item which
/// somebody said caused them, else the one that <see cref="Attribution"/> finds.
/// An incident begins when its item is created. One that was removed (no fault, a duplicate) is none.
/// </summary>
internal sealed class IncidentBook
{
    private readonly ItemHistory[] _items;
    private readonly Dictionary<SourceId, ScopedItem> _byId;
    private readonly ILookup<SourceId, Deployment> _causes;
    private readonly ILookup<SourceId, Deployment> _repairs;
    private readonly ILookup<SourceId, SourceId> _linked;
    private readonly Attribution _attribution;

    /// <param name="history">The history.</param>
    /// <param name="deployments">The deployments that count, ordered by finish.</param>
    public IncidentBook(ProjectHistory history, IReadOnlyList<Deployment> deployments)
    {
        _byId = history.Items.Where(i => EverIncident(i.Item)).ToDictionary(i => i.Item.Id);
        _items = [.. _byId.Values.Select(i => i.Item).OrderBy(i => i.Created).ThenBy(i => i.Id)];
        var counted = deployments.Select(d => d.Id).ToHashSet();
        var changes = history.Delivered.Where(c => counted.Contains(c.Deployment.Id)).ToList();
        var causes = changes.SelectMany(c => c.LinkedItems.Where(l => l.IsCause).Select(l => (Item: l.Id, c.Deployment))).Concat(Brought(history, changes)).Distinct().ToList();
        _causes = causes.ToLookup(c => c.Item, c => c.Deployment);
        _linked = causes.ToLookup(c => c.Deployment.Id, c => c.Item);
        _repairs = changes.Where(c => c.Deployment.HasReached)
            .SelectMany(c => c.WorkItems.Concat(c.LinkedItems.Where(l => !l.IsCause).Select(l => l.Id)).Distinct().Select(id => (Item: id, c.Deployment)))
            .ToLookup(r => r.Item, r => r.Deployment);
        _attribution = new Attribution(deployments);
    }

    /// <summary>The incidents put to some deployments that follow each other, as known at an instant, by deployment.</summary>
    public ILookup<SourceId, AttributedIncident> PutTo(IReadOnlyList<Deployment> ended, DateTimeOffset asOf)
    {
        var linked = ended.SelectMany(d => _linked[d.Id].Select(item => (Deployment: d, Item: _byId.GetValueOrDefault(item)?.Item, IsLinked: true)));
        var from = _items.CountBefore(i => i.Created, ended[0].FinishedAt ?? default);
        var to = _items.CountBefore(i => i.Created, asOf.AddTicks(1));
        var followed = _items[from..Math.Max(from, to)].Where(i => !_causes[i.Id].Any(d => d.FinishedAt <= asOf))
            .Select(i => (Deployment: _attribution.Of(i.Created, Attribution.NamesOf(i, asOf)), Item: (ItemHistory?)i, IsLinked: false));
        return linked.Select(l => (Deployment: (Deployment?)l.Deployment, l.Item, l.IsLinked)).Concat(followed)
            .Where(p => p is { Deployment: not null, Item: { } item } && IsIncidentAt(item, asOf))
            .ToLookup(p => p.Deployment!.Id, p => new AttributedIncident(p.Item!, p.IsLinked, EndOf(p.Item!, p.Deployment!, asOf)));
    }

    /// <summary>The incidents that were caused by an item, and the deployments that had brought it when they began.</summary>
    private IEnumerable<(SourceId Item, Deployment Deployment)> Brought(ProjectHistory history, IReadOnlyList<DeploymentChanges> changes)
    {
        var causes = history.Links.Where(l => l.Kind == LinkKind.CausedBy && _byId.ContainsKey(l.From)).ToList();
        if (causes.Count == 0)
            return [];
        var brought = changes.Where(c => c.Deployment.HasReached).SelectMany(c => c.WorkItems.Select(id => (Item: id, c.Deployment))).ToLookup(c => c.Item, c => c.Deployment);
        return causes.SelectMany(l => brought[l.To].Where(d => d.FinishedAt < _byId[l.From].Item.Created).Select(d => (l.From, d)));
    }

    private bool IsIncidentAt(ItemHistory item, DateTimeOffset asOf) =>
        _byId[item.Id].IsInAt(asOf) && item.Kind.At(asOf) == WorkItemKind.Incident && item.State.At(asOf) != State.Removed;

    private DateTimeOffset? EndOf(ItemHistory item, Deployment deployment, DateTimeOffset asOf) =>
        _repairs[item.Id].Select(d => d.FinishedAt).Where(at => at > deployment.FinishedAt && at <= asOf).Min() ?? item.DoneSince(asOf);

    private static bool EverIncident(ItemHistory item) => item.Kind.Initial == WorkItemKind.Incident || item.Kind.Entries.Any(e => e.To == WorkItemKind.Incident);
}
