using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.History;

namespace TsPmo.Engine.History;

/// <summary>What was planned over time, and since when moves are noticed. No tracker tells the history of a plan: a move is dated by our noticing, and before our first sight the oldest known plan stands.</summary>
/// <param name="Plans">The plans.</param>
/// <param name="Since">Since when moves are noticed; null: never.</param>
internal readonly record struct PlanMoves<T>(Track<T> Plans, DateTimeOffset? Since);

/// <summary>Reads how plans moved.</summary>
internal static class PlanMoves
{
    /// <param name="former">What was planned before, oldest first.</param>
    /// <param name="read">What a former row planned.</param>
    /// <param name="now">What is planned now.</param>
    /// <param name="seenSince">Our first sight, where it is kept; where it is not, the first move shows that moves are noticed from then on.</param>
    public static PlanMoves<T> Of<TRow, T>(IReadOnlyList<TRow> former, Func<TRow, T> read, T now, long? seenSince)
        where TRow : IFormerDates
    {
        T[] plans = [.. former.Select(read), now];
        var moves = former.Select((f, i) => new TrackEntry<T>(Instants.FromRow(f.Until), null, plans[i], plans[i + 1]));
        return new(new(plans[0], moves), Instants.FromRow(seenSince ?? (former is [var first, ..] ? first.Until : null)));
    }
}
