using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>
/// The share of a baselined item that is earned as of an instant, by the rule by which it was planned. Done earns all; removed and deleted
/// earn nothing and stay in the budget; where the item has moved to since does not matter.
/// </summary>
/// <param name="item">The item.</param>
/// <param name="accrual">The rule.</param>
/// <param name="children">Everything that lies, or once lay, below it.</param>
/// <param name="parts">Those of them that are not baselined themselves.</param>
internal sealed class EarnedShare(ItemHistory item, Accrual accrual, IReadOnlyList<ItemHistory> children, IReadOnlyList<ItemHistory> parts)
{
    /// <summary>The share earned, 0 to 1.</summary>
    public decimal At(DateTimeOffset instant)
    {
        if (item.Deleted.At(instant))
            return 0;
        return item.State.At(instant) switch
        {
            State.Done => 1,
            State.Removed => 0,
            _ => accrual == Accrual.LinearWorkday ? InProgress(instant) : Split(instant),
        };
    }

    /// <summary>Every instant at which the share may change.</summary>
    public IEnumerable<DateTimeOffset> Instants()
    {
        var own = item.State.Instants().Concat(item.Deleted.Instants());
        if (accrual != Accrual.LinearWorkday)
            return own.Concat(parts.SelectMany(p => p.State.Instants().Concat(p.Deleted.Instants()).Concat(p.Parent.Instants()).Concat(p.Kind.Instants()).Concat(p.Points.Instants()).Append(p.Created)));
        var hours = item.RemainingHours.Instants().Concat(item.CompletedWork is { } work ? work.Instants() : []);
        var below = children.SelectMany(c => c.State.Instants().Concat(c.Deleted.Instants()).Concat(c.Parent.Instants()).Append(c.Created));
        return own.Concat(hours).Concat(below);
    }

    /// <summary>What was split into parts of its own kind is earned with them: they inherit its weight by their points, or equally where one has none.</summary>
    private decimal Split(DateTimeOffset instant)
    {
        ItemHistory[] standing = [.. parts.Where(p => p.ExistsAt(instant) && p.Parent.At(instant) == item.Id.Id && p.State.At(instant) != State.Removed && CountedItems.Counts(p.Kind.At(instant), hasChildren: false))];
        var isSized = standing.All(p => p.Points.At(instant) > 0);
        var done = standing.Where(p => p.State.At(instant) == State.Done).Sum(Size);
        return done == 0 ? 0 : PlannedValue.Portion(1, done, standing.Sum(Size));

        decimal Size(ItemHistory part) => isSized ? part.Points.At(instant) ?? 0 : 1;
    }

    /// <summary>Hours spent of hours spent and remaining where the tracker keeps both, else finished children of all children.</summary>
    private decimal InProgress(DateTimeOffset instant)
    {
        if (item.CompletedWork?.At(instant) is >= 0 and var spent && item.RemainingHours.At(instant) is >= 0 and var remaining && spent + remaining > 0)
            return PlannedValue.Portion(1, spent, spent + remaining);
        int all = 0, done = 0;
        foreach (var child in children)
        {
            if (!child.ExistsAt(instant) || child.Parent.At(instant) != item.Id.Id || child.State.At(instant) == State.Removed)
                continue;
            all++;
            if (child.State.At(instant) == State.Done)
                done++;
        }

        return all == 0 ? 0 : PlannedValue.Portion(1, done, all);
    }
}
