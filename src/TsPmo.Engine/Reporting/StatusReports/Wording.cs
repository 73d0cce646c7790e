using System.Globalization;
using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Figures in words of the configured culture; what was not measured says why.</summary>
internal sealed class Wording(CultureInfo culture, WorkingCalendar calendar)
{
    public string Of(MetricResult? result) => result switch
    {
        Measurement { Metric.Form.IsInWords: true } m => m.Text,
        Measurement { Number: { } number } m => m.Metric.Form.Write(number, m.Metric.Unit, culture),
        Measurement { Date: { } date } => Of(date),
        Measurement m => m.Text,
        NotMeasurable { Band: Band.Grey } n => $"grey: {Sentence(n.Because)}",
        NotMeasurable n => $"not measurable: {Sentence(n.Because)}",
        _ => "not measured",
    };

    /// <summary>The number of a figure without its meaning: signed where the figure is, in the unit in which it is told.</summary>
    public string Number(Measurement result) => result is { Number: { } number, Metric.Form: var form }
        ? (form with { Above = null, Below = null, Even = null }).Write(number, "ratio", culture)
        : Of(result);

    /// <summary>Why a figure is as it is, or why there is none.</summary>
    public string Reason(MetricResult? result) => result switch
    {
        Measurement { Metric.Unit: TrafficLight.Unit } m => m.Text[(m.Text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
        NotMeasurable n => Sentence(n.Because),
        _ => Of(result),
    };

    /// <summary>A figure as it was kept for comparison, in the configured culture.</summary>
    public string Kept(string kept)
    {
        if (Materiality.Date(kept) is { } date)
            return Of(date);
        return Materiality.Number(kept) is var (value, unit) ? $"{value.ToString("0.##", culture)} {unit}" : kept;
    }

    /// <summary>A day in the configured culture.</summary>
    public string Of(DateOnly day) => day.ToString("d", culture);

    /// <summary>An instant to the minute, in the PMO's zone, with the zone's name so that nobody has to guess.</summary>
    public string Of(DateTimeOffset instant) =>
        $"{TimeZoneInfo.ConvertTime(instant, calendar.Zone).ToString("g", culture)} ({calendar.Zone.Id})";

    public string Percent(decimal share) =>
        Math.Round(share * 100, 0, MidpointRounding.AwayFromZero).ToString("0", culture) + " %";

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
}
