using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Resources;

namespace TsPmo.Plugins.Metrics.Allocation;

/// <summary>Capacity, work and allocation of people, week by week from the week asked for on; and of the project over all these weeks.</summary>
public sealed class AllocationMetric : IMetric
{
    private const decimal Idle = 0.60m;
    private const DataNeeds Needs = DataNeeds.Items | DataNeeds.States;
    private static readonly Figure Capacity = new(new("resource.capacity", "capacity in hours", "hours") { Form = new(1), IsPersonal = true }, "capacity.workingDays");
    private static readonly Figure Load = new(new("resource.load", "planned work in hours", "hours") { Form = new(1), IsPersonal = true, Needs = Needs }, "load.remainingEvenly");
    private static readonly Figure Allocation = new(
        new("resource.allocation", "allocation, planned work over capacity: above 1 is more than there is time for", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 1, Above = "more than there is time for" },
            Limits = Occupation.Limits,
            IsPersonal = true,
            Needs = Needs,
        },
        "allocation.load-over-capacity");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Capacity.Metric, Load.Metric, Allocation.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
        instants.SelectMany(asOf => At(history.Resources.At(asOf), history.Project.Thresholds.GetValueOrDefault(Allocation.Metric.Name, Allocation.Metric.Limits!)));

    private static IEnumerable<MetricResult> At(ResourceStatus status, BandLimits limits) =>
        OfProject(status, limits)
            .Concat(status.Weeks.SelectMany(week => OfWeek(status, week, limits)))
            .Concat(status.Unassigned.Select(week => LoadOf(status, week, Occupation.Nobody)))
            .Select(result => Remarked(status, result));

    private static MetricResult Remarked(ResourceStatus status, MetricResult result) => !status.HasUndatedSources ? result : result with
    {
        Findings = [.. result.Findings, new("DatesNotHistorical", 0, "The trackers keep no history of capacities, sprint and version dates; what they say now is used for every instant.")],
    };

    private static IEnumerable<MetricResult> OfWeek(ResourceStatus status, PersonWeek week, BandLimits limits)
    {
        yield return CapacityOf(status, week);
        yield return LoadOf(status, week, week.Person);
        yield return AllocationOf(status, week, limits);
    }

    private static MetricResult CapacityOf(ResourceStatus status, PersonWeek week)
    {
        MetricResult result = week.Capacity is { } hours
            ? Capacity.Known(status.AsOf, hours, 1)
            : Capacity.Unknown(status.AsOf, Reason.NotConfigured, NotConfigured(week));
        return result with { Subject = week.Person, Window = week.Week };
    }

    private static Measurement LoadOf(ResourceStatus status, PersonWeek week, string? subject) => Load.Known(status.AsOf, week.Load, week.Shares.Count) with
    {
        Subject = subject,
        Window = week.Week,
        Evidence = Behind([week]),
    };

    private static MetricResult AllocationOf(ResourceStatus status, PersonWeek week, BandLimits limits)
    {
        var n = week.Shares.Count;
        MetricResult result = week.Capacity switch
        {
            null => Allocation.Unknown(status.AsOf, Reason.NotConfigured, NotConfigured(week), n),
            0 => Allocation.Unknown(status.AsOf, Reason.ZeroDenominator, "There is work and no time for it in this week.", n) with { Findings = [new("Overallocated", 0, "There is work in a week without any capacity.")] },
            { } capacity => Allocation.Known(status.AsOf, week.Load / capacity, n) with { Band = BandOf(week, status, week.Load / capacity, limits) },
        };
        return result with
        {
            Subject = week.Person,
            Window = week.Week,
            Inputs = [new("planned work", Hours(week.Load)), .. week.Capacity is { } left ? [new MetricInput("capacity from this day on", Hours(left))] : Array.Empty<MetricInput>()],
            Evidence = Behind([week]),
        };
    }

    private static IEnumerable<MetricResult> OfProject(ResourceStatus status, BandLimits limits)
    {
        PersonWeek[] known = [.. status.Weeks.Where(w => w.Capacity is not null)];
        PersonWeek[] all = [.. status.Weeks, .. status.Unassigned];
        var (capacity, covered, load) = (known.Sum(w => w.Capacity ?? 0), known.Sum(w => w.Load), all.Sum(w => w.Load));
        var people = known.Select(w => w.Person).Distinct(StringComparer.Ordinal).Count();
        var items = all.SelectMany(w => w.Shares).Select(s => s.Item.Id).Distinct().Count();
        var findings = Findings(status, load).ToArray();
        yield return Whole(status, people > 0 ? Capacity.Known(status.AsOf, capacity, people) : Capacity.Unknown(status.AsOf, Reason.NotConfigured, NobodySaid)) with
        {
            Inputs = [new("people with a capacity", people.ToString(CultureInfo.InvariantCulture))],
        };
        yield return Whole(status, status.Items > 0 ? Load.Known(status.AsOf, load, items) : Load.Unknown(status.AsOf, Reason.NoData, "No open item is known.")) with
        {
            Inputs = LoadInputs(status, load),
            Findings = findings,
            Evidence = Behind(all),
        };
        yield return Whole(status, Ratio(status, known, limits, capacity, covered, items)) with
        {
            Inputs = AllocationInputs(known, capacity, covered),
            Findings = findings,
            Evidence = Behind(known),
        };
    }

    private static MetricResult Ratio(ResourceStatus status, PersonWeek[] known, BandLimits limits, decimal capacity, decimal covered, int items) => known.Length == 0
        ? Allocation.Unknown(status.AsOf, Reason.NotConfigured, NobodySaid)
        : capacity == 0
            ? Allocation.Unknown(status.AsOf, Reason.ZeroDenominator, "There is work and no time for it in any of the weeks.", items)
            : Allocation.Known(status.AsOf, covered / capacity, items) with { Band = known.Max(w => w.Occupation.BandOf(limits)) };

    private const string NobodySaid = "Nobody said how many hours people have: neither the tracker's capacities nor People.HoursPerDay.";

    private static string NotConfigured(PersonWeek week) =>
        $"Nobody said how many hours {week.Person} has in this week: neither the tracker's capacities nor People.HoursPerDay.";

    private static MetricResult Whole(ResourceStatus status, MetricResult result) => result with { Window = status.Horizon };

    private static MetricInput[] LoadInputs(ResourceStatus status, decimal load) =>
    [
        new("work of people", Hours(load - status.Unassigned.Sum(w => w.Load))),
        new("work of nobody yet", Hours(status.Unassigned.Sum(w => w.Load))),
        new("work after these weeks", Hours(status.LaterHours)),
        new("work without a date", Hours(status.UndatedHours)),
    ];

    private static MetricInput[] AllocationInputs(PersonWeek[] known, decimal capacity, decimal covered) =>
    [
        new("planned work of people with a capacity", Hours(covered)),
        new("their capacity", Hours(capacity)),
        new("work beyond their capacity", Hours(known.Sum(w => w.Occupation.Overload))),
        new("weeks of people with more work than time", known.Count(w => w.Occupation.Overload > 0).ToString(CultureInfo.InvariantCulture)),
    ];

    private static IEnumerable<Finding> Findings(ResourceStatus status, decimal load)
    {
        if (status.WithoutHours.Count > 0)
            yield return new("MissingHours", (decimal)status.WithoutHours.Count / status.Items, $"{status.WithoutHours.Count} of {status.Items} open items have no hours; points are not converted.");
        if (status.UndatedHours > 0)
            yield return new("MissingDates", status.UndatedHours / (status.UndatedHours + load + status.LaterHours), $"{Hours(status.UndatedHours)} of work have neither sprint nor date and are in no week.");
        if (status.Weeks.Where(w => w.Capacity is null).Sum(w => w.Load) is > 0 and var blind)
            yield return new("CapacityNotConfigured", blind / load, $"{Hours(blind)} of work belong to people of whom nobody said how many hours they have.");
    }

    /// <summary>Who could do more is worth a look in the running week; later weeks still fill up.</summary>
    private static Band BandOf(PersonWeek week, ResourceStatus status, decimal value, BandLimits limits) =>
        value < Idle && week.Week.First == status.Horizon.First ? Band.Amber : limits.Of(value);

    private static DeferredList<Evidence> Behind(PersonWeek[] weeks) => new(() =>
    [
        .. weeks.SelectMany(w => w.Shares).GroupBy(s => s.Item.Id).OrderBy(g => g.Key)
            .Select(g => new Evidence(g.Key, $"{Hours(g.Sum(s => s.Hours))} in these days", g.First().Item.Url)),
    ]);

    private static string Hours(decimal hours) => Capacity.Metric.Form.Write(hours, "hours", CultureInfo.InvariantCulture);
}
