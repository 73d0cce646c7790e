using Microsoft.EntityFrameworkCore;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Decides which facts about items that nobody may have asked for are taken: those of items that are stored or come with the same page.</summary>
internal static class KnownItemFacts
{
    public static async Task<IReadOnlyList<Fact>> ChooseAsync(WriteSession session, string connector, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        var ids = facts.OfType<IfKnown>().Select(f => f.ItemId).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
            return facts;
        var known = await session.Context.Items.Where(i => i.Connector == connector && i.Version >= 0 && EF.Parameter(ids).Contains(i.Id))
            .Select(i => i.Id).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        known.UnionWith(facts.OfType<WorkItemFact>().Select(i => i.Id));
        return [.. facts.SelectMany(f => f is not IfKnown condition ? [f] : known.Contains(condition.ItemId) ? condition.Facts : [])];
    }
}
