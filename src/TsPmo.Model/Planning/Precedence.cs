using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Which items of a project have to be done before which, by the links between them. Trackers do not tell since when a link has stood, so today's links are taken.</summary>
public sealed class Precedence
{
    private readonly Lazy<ILookup<SourceId, ScopedItem>> _before;

    internal Precedence(ProjectHistory history)
    {
        Waits = [.. history.Links.Select(Wait).OfType<(SourceId Before, SourceId After)>().Distinct().OrderBy(w => w.After).ThenBy(w => w.Before)];
        _before = new(() => ByWaiting(history));
    }

    /// <summary>What comes first and what waits for it, ordered by what waits.</summary>
    public IReadOnlyList<(SourceId Before, SourceId After)> Waits { get; }

    /// <summary>What has to be done before an item, ordered by id.</summary>
    public IEnumerable<ScopedItem> Before(SourceId item) => Waits.Count == 0 ? [] : _before.Value[item];

    private ILookup<SourceId, ScopedItem> ByWaiting(ProjectHistory history) =>
        Waits.Where(w => history.ById.ContainsKey(w.Before)).ToLookup(w => w.After, w => history.ById[w.Before]);

    private static (SourceId Before, SourceId After)? Wait(ItemLink link) => link.Kind switch
    {
        LinkKind.Blocks => (link.From, link.To),
        LinkKind.DependsOn => (link.To, link.From),
        _ => null,
    };
}
