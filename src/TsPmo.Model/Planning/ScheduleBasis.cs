using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Planning;

/// <summary>
/// The baselines of one project with planned and earned value, made by one sweep over its history and asked for any number of instants.
/// Every schedule metric reads the same one, through <see cref="ProjectHistory.Schedule"/>.
/// </summary>
public sealed class ScheduleBasis
{
    private ScheduleBasis(IReadOnlyList<BaselineBasis> baselines) => Baselines = baselines;

    /// <summary>Every baseline, in the order in which they were taken: the first is the original one.</summary>
    public IReadOnlyList<BaselineBasis> Baselines { get; }

    /// <summary>The basis of a history's own baselines.</summary>
    public static ScheduleBasis From(ProjectHistory history) => new(
    [
        .. history.Baselines.Concat(BaselineRebuild.From(history) is { } rebuilt ? [rebuilt] : [])
            .OrderBy(b => b.CapturedAt).ThenBy(b => b.Id, StringComparer.Ordinal)
            .Select(b => new BaselineBasis(history, b)),
    ]);

    /// <summary>The baseline in force as of an instant: the last one taken until then; null for none.</summary>
    public BaselineBasis? Current(DateTimeOffset asOf) => Baselines.LastOrDefault(b => b.Baseline.CapturedAt <= asOf);

    /// <summary>Where the project stands against the baseline in force as of an instant; null when <see cref="WhyNot"/> has the reason.</summary>
    public ScheduleStatus? At(DateTimeOffset asOf) => Current(asOf)?.At(asOf);

    /// <summary>Why nothing can be said as of an instant, with a sentence for people; null when something can.</summary>
    public (Reason Reason, string Because)? WhyNot(DateTimeOffset asOf) => Current(asOf)?.Baseline switch
    {
        null when Baselines.Count == 0 => (Reason.NoBaseline, "The project's plan names no baseline (Plan.BaselineAt), and none was captured."),
        null => (Reason.NoBaseline, "The baseline was taken after this instant."),
        { Items.Count: 0 } => (Reason.NoData, "The baseline holds no open item of the project."),
        { IsPhased: false } => (Reason.NoBaselineDates, "Items with planned dates carry under 80 % of the weight, and the plan has no start and finish to spread the rest over."),
        _ => null,
    };

    internal NotMeasurable Unmeasured(Figure figure, DateTimeOffset asOf)
    {
        var (reason, because) = WhyNot(asOf) ?? (Reason.NoData, "There is nothing to measure.");
        return figure.Unknown(asOf, reason, because);
    }
}
