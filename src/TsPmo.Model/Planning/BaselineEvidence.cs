using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>The items of a baseline behind a schedule figure, each with what it weighs, when it was planned and what it has earned.</summary>
public static class BaselineEvidence
{
    /// <summary>The items of the scope asked for, ordered by id.</summary>
    public static IReadOnlyList<Evidence> Of(ProjectHistory history, ScheduleStatus status, ScheduleEvidence scope) => new MappedList<BaselineLine, Evidence>(
        () => [.. status.Basis.LinesAt(status.AsOf, () => Lines(status)).Where(l => l.IsBehind(scope))],
        line => new Evidence(line.Item.Id, Note(status, line.Item, line.Earned), history.ById.GetValueOrDefault(line.Item.Id)?.Item.Url));

    private static BaselineLine[] Lines(ScheduleStatus status) => [.. status.Baseline.Items.Where(status.Baseline.Counts).Select(i => Line(status, i))];

    private static BaselineLine Line(ScheduleStatus status, BaselineItem item) =>
        new(item, status.Basis.Earned?.ShareOf(item, status.AsOf) ?? 0, status.Basis.Planned?.ShareOf(item, status.Day) > 0);

    private static string Note(ScheduleStatus status, BaselineItem item, decimal earned)
    {
        var planned = item switch
        {
            { Finish: null } => "planned evenly over the plan",
            { Accrual: Accrual.LinearWorkday, Start: { } start, Finish: { } finish } => string.Create(CultureInfo.InvariantCulture, $"planned from {start:yyyy-MM-dd} to {finish:yyyy-MM-dd}"),
            { Finish: { } finish } => string.Create(CultureInfo.InvariantCulture, $"planned for {finish:yyyy-MM-dd} ({Words(item.DateSource)})"),
        };
        return $"{status.Weight(item.Weight)}, {planned}, {status.Weight(PlannedValue.Portion(item.Weight, earned, 1))} earned";
    }

    private static string Words(DateSource source) => source switch
    {
        DateSource.Sprint => "its sprint",
        DateSource.Version => "its version",
        DateSource.Parent => "its parent",
        _ => "its own date",
    };
}

/// <summary>An item of a baseline, the share of it that is earned, and whether any of it was planned so far.</summary>
internal readonly record struct BaselineLine(BaselineItem Item, decimal Earned, bool IsPlanned)
{
    private bool IsEarned => Earned > 0;

    public bool IsBehind(ScheduleEvidence scope) => scope switch
    {
        ScheduleEvidence.Planned => IsPlanned,
        ScheduleEvidence.Earned => IsEarned,
        ScheduleEvidence.PlannedOrEarned => IsPlanned || IsEarned,
        _ => true,
    };
}
