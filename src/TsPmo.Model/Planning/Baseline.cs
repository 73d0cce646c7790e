using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>What the weights of a baseline count. One unit per baseline.</summary>
public enum WeightUnit
{
    /// <summary>Points.</summary>
    Points,

    /// <summary>Hours of the original estimate.</summary>
    Hours,

    /// <summary>Items, one each.</summary>
    Items,
}

/// <summary>Where a planned date was taken from.</summary>
public enum DateSource
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The item's own date field.</summary>
    Field,

    /// <summary>The sprint it was planned into.</summary>
    Sprint,

    /// <summary>The version it was promised for.</summary>
    Version,

    /// <summary>Its parent.</summary>
    Parent,

    /// <summary>The plan of the project.</summary>
    Plan,
}

/// <summary>How planned value accrues on an item; value is earned by the same rule.</summary>
public enum Accrual
{
    /// <summary>All of it on the day of the finish (0/100).</summary>
    AllAtFinish,

    /// <summary>Evenly over the working days from start to finish, both inclusive.</summary>
    LinearWorkday,
}

/// <summary>A frozen plan that variance is measured against: what, how much of it, and when. Immutable.</summary>
public sealed record Baseline
{
    /// <summary>Stable id, the same whenever it is rebuilt.</summary>
    public required string Id { get; init; }

    /// <summary>The instant whose state it holds, UTC.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Who approved it; null for a baseline that the configuration names.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Why it was taken.</summary>
    public required string Reason { get; init; }

    /// <summary>What the weights count.</summary>
    public required WeightUnit Unit { get; init; }

    /// <summary>The items, ordered by id.</summary>
    public required IReadOnlyList<BaselineItem> Items { get; init; }

    /// <summary>Period 1: the first working day on or after the planned start. What was planned earlier counts on it.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>The days over which undated weight is spread evenly; null where it is not.</summary>
    public DateWindow? Spread { get; init; }

    /// <summary>What is wrong with its inputs and how much of the weight that touches.</summary>
    public required IReadOnlyList<Finding> Warnings { get; init; }

    /// <summary>The calendar that its periods are counted in.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>What the weights count, in words.</summary>
    public string UnitName => Unit switch { WeightUnit.Points => "points", WeightUnit.Hours => "hours", _ => "items" };

    /// <summary>Weight of all items.</summary>
    public decimal TotalWeight => Items.Sum(i => i.Weight);

    /// <summary>Weight of the items without a planned finish.</summary>
    public decimal UndatedWeight => Items.Where(i => i.Finish is null).Sum(i => i.Weight);

    /// <summary>Whether planned value can be phased: enough dates, or a plan to spread the rest over.</summary>
    public required bool IsPhased { get; init; }

    /// <summary>Whether an item is part of BAC, PV and EV: undated ones only where their weight is spread.</summary>
    public bool Counts(BaselineItem item) => item.Finish is not null || Spread is not null;
}

/// <summary>One item of a baseline, with the estimate and dates it had when the baseline was taken.</summary>
/// <param name="Id">The item.</param>
/// <param name="Weight">Its weight in the baseline's unit.</param>
/// <param name="Start">Planned start, where the accrual needs one.</param>
/// <param name="Finish">Planned finish; null for none.</param>
/// <param name="DateSource">Where the finish was taken from.</param>
/// <param name="Accrual">How its value is planned and earned.</param>
public sealed record BaselineItem(SourceId Id, decimal Weight, DateOnly? Start, DateOnly? Finish, DateSource DateSource, Accrual Accrual);
