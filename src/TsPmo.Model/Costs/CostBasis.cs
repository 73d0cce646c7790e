using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Costs;

/// <summary>
/// Actual cost of a project beside planned and earned value, in one unit: money where the project has rates, the baseline's weights then being scaled so that they make up the
/// budget; else hours, where the baseline counts hours. Made by one sweep and asked for any number of instants, through <see cref="ProjectHistory.Costs"/>.
/// </summary>
public sealed class CostBasis
{
    private readonly ProjectHistory _history;
    private readonly bool _isMoney;
    private readonly string _unit;

    private CostBasis(ProjectHistory history)
    {
        _history = history;
        Booked = new BookedHours(history);
        Burn = new CapacityBurn(history);
        Remaining = new RemainingWork(history);
        _isMoney = !history.Project.Rates.IsEmpty;
        _unit = _isMoney ? history.Project.Plan.Currency ?? "money" : "hours";
    }

    /// <summary>Booked hours and their cost.</summary>
    public BookedHours Booked { get; }

    /// <summary>What the teams would have cost by their capacity.</summary>
    public CapacityBurn Burn { get; }

    /// <summary>Remaining estimates and what they will cost.</summary>
    public RemainingWork Remaining { get; }

    /// <summary>The basis of a history.</summary>
    public static CostBasis From(ProjectHistory history) => new(history);

    /// <summary>Where the project stands as of an instant.</summary>
    public CostStatus At(DateTimeOffset asOf)
    {
        var schedule = _history.Schedule.At(asOf);
        var whyNoActual = WhyNoActual(asOf);
        var isBurnt = Booked.Count(asOf) == 0;
        var (hours, cost) = isBurnt ? (Burn.Hours(asOf), Burn.Cost(asOf)) : (Booked.Hours(asOf), Booked.Cost(asOf));
        decimal? actual = whyNoActual is null ? _isMoney ? cost : hours : null;
        var whyNot = whyNoActual ?? (schedule is null ? _history.Schedule.WhyNot(asOf) : WhyNoCommonUnit(schedule));
        return new CostStatus
        {
            AsOf = asOf,
            Unit = _unit,
            IsMoney = _isMoney,
            Actual = actual,
            WhyNoActual = whyNoActual,
            Entries = Booked.Count(asOf),
            Hours = hours,
            IsBurnt = isBurnt,
            Performance = whyNot is null && schedule is not null && actual is { } spent ? Scaled(schedule, spent) : null,
            WhyNot = whyNot,
            Schedule = schedule,
            Remaining = RemainingAt(asOf),
            ActualFindings = isBurnt ? Burnt(asOf) : MissingRates(asOf),
            RemainingFindings = MissingRemaining(asOf),
        };
    }

    /// <summary>The items with booked hours together with others, ordered by id; an item that is both is named once, with all that it did.</summary>
    public IReadOnlyList<Evidence> Behind(CostStatus status, IEnumerable<Evidence> others) =>
    [
        .. others.Concat(status.IsBurnt ? Burn.Behind(status.AsOf) : Booked.Behind(status.AsOf, status.IsMoney ? status.Unit : null))
            .GroupBy(e => e.Id).OrderBy(g => g.Key)
            .Select(g => g.First() with { Note = string.Join("; ", g.Select(e => e.Note)) }),
    ];

    private (Reason, string)? WhyNoActual(DateTimeOffset asOf)
    {
        if (Booked.Count(asOf) == 0 && Burn.Hours(asOf) == 0)
            return (Reason.NoActuals, "No hours are booked on the project's items, and no team tells a capacity.");
        var isUnpriced = Booked.Count(asOf) == 0 ? Burn.Cost(asOf) == 0 : Booked.Cost(asOf) == 0 && Booked.Unpriced(asOf) > 0;
        return _isMoney && isUnpriced
            ? (Reason.NotConfigured, "None of the hours has a rate (TsPmo:Rates).")
            : null;
    }

    private (Reason, string)? WhyNoCommonUnit(ScheduleStatus schedule)
    {
        if (_isMoney)
            return _history.Project.Plan.Budget is > 0 ? null : (Reason.NotConfigured, "Cost is in money and the plan has no budget (Plan.Budget) to express value in.");
        return schedule.Baseline.Unit == WeightUnit.Hours
            ? null
            : (Reason.NotConfigured, $"Cost is in hours and value in {schedule.Unit}: rates (TsPmo:Rates) and a budget (Plan.Budget) would bring both into money.");
    }

    private CostPerformance Scaled(ScheduleStatus schedule, decimal actual)
    {
        if (!_isMoney || _history.Project.Plan.Budget is not { } budget)
            return new(schedule.Budget, schedule.Planned, schedule.Earned, actual);
        return new(budget, PlannedValue.Portion(budget, schedule.Planned, schedule.Budget), PlannedValue.Portion(budget, schedule.Earned, schedule.Budget), actual);
    }

    private decimal? RemainingAt(DateTimeOffset asOf)
    {
        var open = Remaining.Open(asOf);
        return open > 0 && open == Remaining.Unknown(asOf) ? null : _isMoney ? Remaining.Cost(asOf) : Remaining.Hours(asOf);
    }

    private IReadOnlyList<Finding> Burnt(DateTimeOffset asOf) => Burn.Hours(asOf) == 0
        ? []
        : [new Finding("CapacityBurn", 1, "No hours are booked; the capacity of the teams up to this day stands in for them, whatever they worked on.")];

    private IReadOnlyList<Finding> MissingRates(DateTimeOffset asOf)
    {
        var unpriced = Booked.Unpriced(asOf);
        return !_isMoney || unpriced == 0
            ? []
            : [new Finding("MissingRates", unpriced / Math.Max(unpriced, Booked.Hours(asOf)), "Booked hours have no rate; their cost is left out.")];
    }

    private IReadOnlyList<Finding> MissingRemaining(DateTimeOffset asOf)
    {
        var unknown = Remaining.Unknown(asOf);
        return unknown == 0 ? [] : [new Finding("MissingEstimates", unknown / Remaining.Open(asOf), "Open items have no remaining estimate; what they will cost is left out.")];
    }
}
