using System.Globalization;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>
/// Whether what changed is worth a write: a light of another colour, a date or a variance moved by <c>MinDays</c> working days, a sum of points by
/// <c>MinPoints</c>, or a figure that is no longer, or not yet, known. It is always compared with what was last written, so that small steps add up.
/// </summary>
internal sealed class Materiality(PmoDefinition pmo)
{
    private const string Dated = "yyyy-MM-dd";
    private const string Points = "points";

    /// <summary>Figures that move day by day where all goes as planned: their passing says nothing new.</summary>
    private static readonly HashSet<string> Passing = new(["schedule.pv", "schedule.ev", "schedule.es"], StringComparer.Ordinal);

    /// <summary>Whether a change of a figure can be worth a write at all.</summary>
    public static bool CanMatter(MetricResult result) =>
        result.Metric.Unit == TrafficLight.Unit
        || (!Passing.Contains(result.Metric.Name) && (result.Metric.Unit is "date" or Points || IsDays(result.Metric.Unit)));

    /// <summary>A figure as it is kept for the comparison: the same whatever the culture.</summary>
    public static string Kept(MetricResult? result) => result switch
    {
        { Metric.Unit: TrafficLight.Unit } => TrafficLight.Word(TrafficLight.Of(result)),
        Measurement { Date: { } date } => date.ToString(Dated, CultureInfo.InvariantCulture),
        Measurement { Number: { } number } m => string.Create(CultureInfo.InvariantCulture, $"{number:0.############} {m.Metric.Unit}"),
        Measurement m => m.Text,
        NotMeasurable n => n.Reason.ToString(),
        _ => "",
    };

    /// <summary>Whether anything differs by enough.</summary>
    public bool Differs(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        before.Count != now.Count || now.Any(n => !before.TryGetValue(n.Key, out var old) || Differs(old, n.Value));

    /// <summary>Whether one kept figure differs from another by enough.</summary>
    public bool Differs(string before, string now)
    {
        if (before == now)
            return false;
        if (Date(before) is { } from && Date(now) is { } to)
            return Math.Abs(pmo.Calendar.WorkingDaysFrom(from, to)) >= pmo.Publishing.MinDays;
        if (Number(before) is var (old, unit) && Number(now) is var (current, sameUnit) && unit == sameUnit)
            return Math.Abs(current - old) is > 0 and var step && step >= Smallest(unit);
        return true;
    }

    private decimal Smallest(string unit) => unit == Points ? pmo.Publishing.MinPoints : IsDays(unit) ? pmo.Publishing.MinDays : 0;

    private static bool IsDays(string unit) => unit is "days" or "working days";

    /// <summary>The day that was kept; null where it was none.</summary>
    public static DateOnly? Date(string kept) =>
        DateOnly.TryParseExact(kept, Dated, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The number that was kept with its unit; null where it was none.</summary>
    public static (decimal Value, string Unit)? Number(string kept)
    {
        var space = kept.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && decimal.TryParse(kept.AsSpan(0, space), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? (value, kept[(space + 1)..]) : null;
    }
}
