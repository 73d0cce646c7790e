using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.History;

namespace TsPmo.Engine.History;

/// <summary>Makes tracks of the stretches of time in which an item fulfilled conditions.</summary>
internal static class QueryTracks
{
    public static Dictionary<string, Track<bool>> Of(IEnumerable<QueryMemberRow> stretches) =>
        stretches.GroupBy(s => s.Query, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Track([.. g.OrderBy(s => s.Since)]), StringComparer.Ordinal);

    private static Track<bool> Track(IReadOnlyList<QueryMemberRow> stretches) =>
        new(stretches[0].Since == QueryMemberRow.Ever, stretches.SelectMany(Turns));

    private static IEnumerable<TrackEntry<bool>> Turns(QueryMemberRow stretch)
    {
        if (stretch.Since != QueryMemberRow.Ever)
            yield return new(Instants.FromRow(stretch.Since), null, From: false, To: true);
        if (stretch.Until is { } until)
            yield return new(Instants.FromRow(until), null, From: true, To: false);
    }
}
