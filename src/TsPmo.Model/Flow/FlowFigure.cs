using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Flow;

/// <summary>A flow metric: turns the status of each instant into a result with the days looked at and the items behind it.</summary>
/// <param name="Metric">What it computes.</param>
/// <param name="Method">Which variant.</param>
public sealed record FlowFigure(MetricDefinition Metric, string Method)
{
    /// <summary>What it computes. Items without a known start are judged by each metric that needs one.</summary>
    public MetricDefinition Metric { get; init; } = Metric with { Needs = DataNeeds.Items | DataNeeds.States };

    private Figure Figure => new(Metric, Method);

    /// <summary>One result per instant, in their order; a reason where the project holds nothing that flow counts.</summary>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<FlowStatus, MetricResult> answer) =>
        instants.Select(asOf => history.Flow.At(asOf) is { FirstCreated: not null } status
            ? answer(status)
            : Figure.Unknown(asOf, Reason.NoData, "The project holds no item that flow counts."));

    /// <summary>A value with the items behind it.</summary>
    public Measurement Known(FlowStatus status, decimal value, IReadOnlyList<FlowEntry> behind, Func<FlowEntry, string> note) =>
        Figure.Known(status.AsOf, value, behind.Count) with { Evidence = EvidenceOf(behind, note) };

    /// <summary>No value, and why.</summary>
    public NotMeasurable Unknown(FlowStatus status, Reason reason, string because) => Figure.Unknown(status.AsOf, reason, because);

    /// <summary>Items per week over the window; weeks before the project's first item lower the confidence, because nothing is known of them.</summary>
    public MetricResult PerWeek(FlowStatus status, IReadOnlyList<FlowEntry> items, string inputName, Func<FlowEntry, string> note)
    {
        if (status.FirstCreated > status.Window.Last)
            return Unknown(status, Reason.TooFewSamples, "The first item was created this week; no week is complete yet.");
        return Known(status, (decimal)items.Count / FlowStatus.Weeks, items, note) with
        {
            Window = status.Window,
            Inputs = [new(inputName, Write(items.Count)), new("complete weeks", Write(FlowStatus.Weeks))],
            Findings = ShortHistory(status) is { } finding ? [finding] : [],
        };
    }

    /// <summary>A nearest-rank percentile of days; items of which the days are not known are left out and lower the confidence.</summary>
    public MetricResult Percentile(FlowStatus status, IReadOnlyList<FlowEntry> items, int percent, Func<FlowEntry, int?> days, string because)
    {
        FlowEntry[] known = [.. items.Where(i => days(i) is not null)];
        if (Observations.Percentile(known.Select(i => days(i).GetValueOrDefault()), percent) is not { } value)
            return Unknown(status, Reason.NoData, because);
        var unknown = items.Count - known.Length;
        return Known(status, value, known, i => $"{Write(days(i).GetValueOrDefault())} days") with
        {
            Inputs = [new("items", Write(known.Length)), new("fastest and slowest", $"{Write(known.Min(i => days(i).GetValueOrDefault()))} and {Write(known.Max(i => days(i).GetValueOrDefault()))} days")],
            Findings = unknown == 0 ? [] : [new("FinishedWithoutStart", (decimal)unknown / items.Count, $"{Write(unknown)} of {Write(items.Count)} items were finished without ever having been in progress and are left out.")],
        };
    }

    private static Finding? ShortHistory(FlowStatus status)
    {
        var unknown = status.FirstCreated is { } first && first > status.Window.First ? first.DayNumber - status.Window.First.DayNumber : 0;
        return unknown == 0 ? null : new("ShortHistory", (decimal)unknown / status.Window.Days, string.Create(
            CultureInfo.InvariantCulture, $"The first item was created on {status.FirstCreated:yyyy-MM-dd}: {unknown} of {status.Window.Days} days lie before it."));
    }

    private static MappedList<FlowEntry, Evidence> EvidenceOf(IReadOnlyList<FlowEntry> behind, Func<FlowEntry, string> note) =>
        new(() => behind, e => new Evidence(e.Item.Id, note(e), e.Item.Url));

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
