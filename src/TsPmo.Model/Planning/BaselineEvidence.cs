using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>The items of a baseline behind a schedule figure, each with what it weighs, when it was planned and what it has earned.</summary>
public static class BaselineEvidence
{
    /// <summary>The items of the scope asked for, ordered by id.</summary>
    public static IReadOnlyList<Evidence> Of(ProjectHistory history, ScheduleStatus status, ScheduleEvidence scope)
    {
        var urls = history.Items.ToDictionary(i => i.Item.Id, i => i.Item.Url);
        return
        [
            .. status.Baseline.Items
                .Where(status.Baseline.Counts)
                .Select(item => (Item: item,
                    Planned: status.Basis.Planned?.ShareOf(item, status.Day) ?? 0,
                    Earned: status.Basis.Earned?.ShareOf(item, status.AsOf) ?? 0))
                .Where(i => IsBehind(scope, i.Planned, i.Earned))
                .Select(i => new Evidence(i.Item.Id, Note(status, i.Item, i.Earned), urls.GetValueOrDefault(i.Item.Id))),
        ];
    }

    private static bool IsBehind(ScheduleEvidence scope, decimal planned, decimal earned) => scope switch
    {
        ScheduleEvidence.Planned => planned > 0,
        ScheduleEvidence.Earned => earned > 0,
        ScheduleEvidence.PlannedOrEarned => planned > 0 || earned > 0,
        _ => true,
    };

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
