using System.Globalization;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>
/// Rebuilds the baseline that the configuration names by <see cref="PlanDefinition.BaselineAt"/> from history: the items that count,
/// were in the project and neither done nor removed at that instant, with the estimates and dates they had then.
/// </summary>
public static class BaselineRebuild
{
    private const int CoveragePercent = 80;

    /// <summary>The baseline, or null when the plan names no instant for one.</summary>
    public static Baseline? From(ProjectHistory history)
    {
        if (history.Project.Plan.BaselineAt is not { } at)
            return null;
        var items = CountedItems.At(history, at).Select(i => i.Item).Where(i => i.State.At(at) is State.ToDo or State.InProgress).ToArray();
        var weights = BaselineWeights.Of(items, at);
        var dates = new BaselineDates(history, at);
        var planned = items.Select((item, i) => Plan(history.Project.Methodology, dates, item, weights.Weights[i])).ToArray();
        return Assemble(history, at, weights, planned);
    }

    private static Baseline Assemble(ProjectHistory history, DateTimeOffset at, BaselineWeights weights, PlannedItem[] planned)
    {
        var plan = history.Project.Plan;
        var total = planned.Sum(p => p.Item.Weight);
        var dated = planned.Where(p => p.Item.Finish is not null).Sum(p => p.Item.Weight);
        var isCovered = dated * 100 >= CoveragePercent * total;
        var spread = !isCovered && plan is { Start: { } first, Finish: { } last } && first <= last ? new DateWindow(first, last) : (DateWindow?)null;
        return new Baseline
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{history.Project.Key}@{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            CapturedAt = at,
            Reason = "Plan.BaselineAt of the configuration",
            Unit = weights.Unit,
            Items = [.. planned.Select(p => p.Item)],
            FirstDay = history.Calendar.OnOrAfter(plan.Start ?? history.Calendar.DayOf(at)),
            Spread = spread,
            IsPhased = isCovered || spread is not null,
            Calendar = history.Calendar,
            Warnings = total == 0 ? [] : [.. BaselineWarnings.Of(planned, weights, total, spread is not null)],
        };
    }

    private static PlannedItem Plan(Methodology methodology, BaselineDates dates, ItemHistory item, decimal weight)
    {
        if (dates.Finish(item) is not { } finish)
            return new(new(item.Id, weight, null, null, DateSource.None, Accrual.AllAtFinish), IsHistorical: true, StartsAfterFinish: false);
        var start = dates.Start(item);
        var hasBothFields = finish.Source == DateSource.Field && start?.Source == DateSource.Field;
        var isLinear = methodology == Methodology.Waterfall || (methodology == Methodology.Hybrid && hasBothFields);
        var startsAfterFinish = start is { Source: DateSource.Field } own && own.Day > finish.Day;
        var accrual = isLinear ? Accrual.LinearWorkday : Accrual.AllAtFinish;
        var firstDay = start is { } s && s.Day < finish.Day ? s.Day : finish.Day;
        var isHistorical = finish.IsHistorical && (!isLinear || start is null or { IsHistorical: true });
        return new(new(item.Id, weight, isLinear ? firstDay : null, finish.Day, finish.Source, accrual), isHistorical, startsAfterFinish);
    }
}

/// <summary>An item of a baseline in the making, with what its dates are worth.</summary>
internal sealed record PlannedItem(BaselineItem Item, bool IsHistorical, bool StartsAfterFinish);
