using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Plugins.Metrics.MilestoneSlip;

/// <summary>How much later than promised a milestone is to be expected, or came.</summary>
public sealed class MilestoneSlipMetric : IMetric
{
    private static readonly MetricDefinition Definition = new("schedule.milestoneSlip", "milestone slip: + is late, - is early", "working days")
    {
        Form = new(0) { IsSigned = true, Above = "late", Below = "early", Even = "as promised" },
        Limits = new BandLimits(0, 5),
        Needs = DataNeeds.Items | DataNeeds.States,
    };

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Definition];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => instants.SelectMany(asOf => Measure(history, asOf));

    private static IEnumerable<MetricResult> Measure(ProjectHistory history, DateTimeOffset asOf)
    {
        var (known, without) = history.Promises.At(asOf);
        yield return WithChain(Worst(history, asOf, known), history.Promises.Chain(asOf));
        foreach (var milestone in known)
            yield return Result(history, asOf, milestone) with { Subject = milestone.Subject };
        foreach (var milestone in without)
            yield return Unknown(history, asOf) with { Subject = milestone.Id.ToString() };
    }

    /// <summary>The project's own row: the open milestone with the largest slip; when all have come, the last of them.</summary>
    private static MetricResult Worst(ProjectHistory history, DateTimeOffset asOf, IReadOnlyList<MilestoneForecast> known)
    {
        var worst = known.Where(m => !m.IsReached).OrderByDescending(m => m.WorkingDays(history.Calendar)).ThenBy(m => m.Subject, StringComparer.Ordinal).FirstOrDefault()
            ?? known.OrderByDescending(m => m.Promised).ThenBy(m => m.Subject, StringComparer.Ordinal).FirstOrDefault();
        if (worst is null)
            return new Figure(Definition, "milestoneSlip.worst").Unknown(asOf, Reason.NoData, "The project has no milestone with a promised day.");
        var result = Result(history, asOf, worst);
        return result with { N = known.Count, Inputs = [new("milestone", worst.Name), new("how it is known", result.Method), .. result.Inputs], Method = "milestoneSlip.worst" };
    }

    /// <summary>What the links between items say about the planned finish stands with the project's row.</summary>
    private static MetricResult WithChain(MetricResult result, DependencyChain? chain) => chain is null ? result : result with
    {
        Inputs = [.. result.Inputs, chain.Input],
        Findings = [.. result.Findings, .. chain.Findings()],
    };

    private static Measurement Result(ProjectHistory history, DateTimeOffset asOf, MilestoneForecast milestone)
    {
        var slip = milestone.WorkingDays(history.Calendar);
        return new Figure(Definition, Method(milestone.Source)).Known(asOf, slip, 1) with
        {
            Band = BandOf(slip, milestone, history),
            Baseline = history.Schedule.Current(asOf)?.Baseline.Id,
            Inputs = [new("promised", Day(milestone.Promised)), new(milestone.IsReached ? "came" : "expected", Day(milestone.Expected)), new("calendar days", milestone.CalendarDays.ToString("+0;-0;0", CultureInfo.InvariantCulture))],
            Findings = milestone.IsHistorical ? [] : [new Finding("DatesNotHistorical", 1, "What the milestone was promised for when the baseline was taken is not known; the oldest known date is used.")],
            Evidence = new DeferredList<Evidence>(() => Behind(history, asOf, milestone)),
        };
    }

    private static NotMeasurable Unknown(ProjectHistory history, DateTimeOffset asOf) => new Figure(Definition, "milestoneSlip.dueDate").Unknown(
        asOf,
        history.Schedule.Current(asOf) is null ? Reason.NoBaseline : Reason.NoBaselineDates,
        history.Schedule.Current(asOf) is null ? "There is no baseline, and the plan does not name this milestone." : "The milestone had no date when the baseline was taken, and the plan does not name it.");

    /// <summary>Amber up to the red limit, or up to a tenth of the planned time to the milestone where that is more.</summary>
    private static Band? BandOf(int slip, MilestoneForecast milestone, ProjectHistory history)
    {
        if (history.Project.LimitsOf(Definition) is not { } limits)
            return null;
        var start = history.Project.Plan.Start ?? milestone.Promised;
        return new BandLimits(limits.Amber, Math.Max(limits.Red, history.Calendar.WorkingDaysIn(start, milestone.Promised) / 10m)).Of(slip);
    }

    private static string Method(MilestoneSource source) => source switch
    {
        MilestoneSource.Actual => "milestoneSlip.actual",
        MilestoneSource.Throughput => "milestoneSlip.p85",
        MilestoneSource.Speed => "milestoneSlip.ieact",
        _ => "milestoneSlip.dueDate",
    };

    private static IReadOnlyList<Evidence> Behind(ProjectHistory history, DateTimeOffset asOf, MilestoneForecast milestone)
    {
        var items = milestone.Source == MilestoneSource.Speed && history.Schedule.At(asOf) is { } status ? BaselineEvidence.Of(history, status, ScheduleEvidence.PlannedOrEarned) : [];
        return milestone.Milestone is not { } tracked ? items : [.. items.Append(new Evidence(tracked.Id, $"{tracked.Name}, promised for {Day(milestone.Promised)}", null)).OrderBy(e => e.Id)];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
