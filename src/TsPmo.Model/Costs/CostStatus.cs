using System.Globalization;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Model.Costs;

/// <summary>What a project has cost as of an instant and, where both are in one unit, how that stands against what was planned and earned.</summary>
public sealed record CostStatus
{
    /// <summary>The instant, inclusive.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Money where the project has rates (the plan's currency), else hours.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether the unit is money.</summary>
    public required bool IsMoney { get; init; }

    /// <summary>Actual cost AC; null when <see cref="WhyNoActual"/> has the reason.</summary>
    public decimal? Actual { get; init; }

    /// <summary>Why there is no actual cost.</summary>
    public (Reason Reason, string Because)? WhyNoActual { get; init; }

    /// <summary>Entries counted.</summary>
    public required int Entries { get; init; }

    /// <summary>Whether the capacity of the teams stands in for booked hours, of which there are none.</summary>
    public required bool IsBurnt { get; init; }

    /// <summary>Hours: booked ones, else those of capacity.</summary>
    public required decimal Hours { get; init; }

    /// <summary>BAC, PV, EV and AC in <see cref="Unit"/>; null when <see cref="WhyNot"/> has the reason.</summary>
    public CostPerformance? Performance { get; init; }

    /// <summary>Why value and cost cannot be compared.</summary>
    public (Reason Reason, string Because)? WhyNot { get; init; }

    /// <summary>Where the project stands in time; null without a baseline that can be phased.</summary>
    public ScheduleStatus? Schedule { get; init; }

    /// <summary>Remaining estimates of open items in <see cref="Unit"/>; null when none is told.</summary>
    public decimal? Remaining { get; init; }

    /// <summary>Findings on the actual cost.</summary>
    public IReadOnlyList<Finding> ActualFindings { get; init; } = [];

    /// <summary>Findings on the remaining estimates.</summary>
    public IReadOnlyList<Finding> RemainingFindings { get; init; } = [];

    /// <summary>EV and AC as inputs of a formula.</summary>
    public IReadOnlyList<MetricInput> EarnedAndActual(CostPerformance performance) =>
        [Input("earned value EV", performance.Earned), Input("actual cost AC", performance.Actual)];

    /// <summary>BAC, EV and AC as inputs of a formula.</summary>
    public IReadOnlyList<MetricInput> BudgetEarnedAndActual(CostPerformance performance) =>
        [Input("budget at completion BAC", performance.Budget), .. EarnedAndActual(performance)];

    /// <summary>An amount in the unit as an input of a formula.</summary>
    public MetricInput Input(string name, decimal amount) => new(name, Plain.Write(amount, Unit, CultureInfo.InvariantCulture));

    /// <summary>Two decimals are what money has.</summary>
    private static readonly FigureForm Plain = new(2);
}
