using System.Globalization;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>
/// Makes a baseline from history, that of the instant which <see cref="PlanDefinition.BaselineAt"/> names or one that is captured: the items that count,
/// were in the project and neither done nor removed at that instant, with the estimates and dates they had then.
/// </summary>
public static class BaselineRebuild
{
    private const int CoveragePercent = 80;

    /// <summary>The baseline that the plan names by its instant, or null when it names none.</summary>
    public static Baseline? From(ProjectHistory history) =>
        history.Project.Plan.BaselineAt is { } at
        ? At(history, at, before: null) with { Id = Id(history, at, "yyyy-MM-dd'T'HH:mm:ss'Z'"), Reason = "Plan.BaselineAt of the configuration" }
        : null;

    /// <summary>
    /// A baseline of the project as it is at an instant, for a reason and with somebody's approval. What was baselined before and is done by then stays in it as it was planned,
    /// so that nothing that was earned is lost.
    /// </summary>
    public static Baseline Captured(ProjectHistory history, DateTimeOffset at, string reason, string approvedBy) =>
        At(history, at, history.Schedule.Current(at)?.Baseline) with { Id = Id(history, at, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), Reason = reason, ApprovedBy = approvedBy };

    private static string Id(ProjectHistory history, DateTimeOffset at, string form) => $"{history.Project.Key}@{at.UtcDateTime.ToString(form, CultureInfo.InvariantCulture)}";

    private static Baseline At(ProjectHistory history, DateTimeOffset at, Baseline? before)
    {
        var open = CountedItems.At(history, at).Select(i => i.Item).Where(i => i.State.At(at).IsOpen());
        var kept = before?.Items.ToDictionary(i => i.Id) ?? [];
        var done = history.Items.Select(i => i.Item).Where(i => kept.ContainsKey(i.Id) && i.ExistsAt(at) && i.State.At(at) == State.Done);
        var items = open.Concat(done).OrderBy(i => i.Id).ToArray();
        var weights = BaselineWeights.Of(items, at);
        var dates = new BaselineDates(history, at);
        var planned = items.Select((item, i) => item.State.At(at) == State.Done
            ? Kept(kept[item.Id], before?.Unit == weights.Unit ? null : weights.Weights[i])
            : Plan(history.Project.Methodology, dates, item, weights.Weights[i])).ToArray();
        return Assemble(history, at, weights, planned);
    }

    /// <summary>An item that was done under the baseline before: planned as it was, and weighed as it was unless the unit is another now.</summary>
    private static PlannedItem Kept(BaselineItem item, decimal? weight) => new(item with { Weight = weight ?? item.Weight }, IsHistorical: true, StartsAfterFinish: false);

    private static Baseline Assemble(ProjectHistory history, DateTimeOffset at, BaselineWeights weights, PlannedItem[] planned)
    {
        var plan = history.Project.Plan;
        var total = planned.Sum(p => p.Item.Weight);
        var dated = planned.Where(p => p.Item.Finish is not null).Sum(p => p.Item.Weight);
        var isCovered = dated * 100 >= CoveragePercent * total;
        var spread = !isCovered && plan is { Start: { } first, Finish: { } last } && first <= last ? new DateWindow(first, last) : (DateWindow?)null;
        return new Baseline
        {
            Id = "",
            CapturedAt = at,
            Reason = "",
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
