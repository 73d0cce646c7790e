using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Which items lie, or once lay, below which.</summary>
internal static class Children
{
    /// <summary>The items of a project by every parent they ever had.</summary>
    public static ILookup<SourceId, ScopedItem> ByParent(ProjectHistory history) =>
        history.Items
            .SelectMany(i => i.Item.Parent.Entries.Select(e => e.To).Prepend(i.Item.Parent.Initial).OfType<string>().Distinct()
                .Select(parent => (Parent: new SourceId(i.Item.Id.Connector, parent), Child: i)))
            .ToLookup(pair => pair.Parent, pair => pair.Child);
}
