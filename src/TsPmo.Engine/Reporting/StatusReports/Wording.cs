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
        Measurement { Date: { } date } => date.ToString("d", culture),
        Measurement m => m.Text,
        NotMeasurable { Band: Band.Grey } n => $"grey: {Sentence(n.Because)}",
        NotMeasurable n => $"not measurable: {Sentence(n.Because)}",
        _ => "not measured",
    };

    /// <summary>The figure with its band, where it has one.</summary>
    public string WithBand(MetricResult? result) =>
        result is Measurement { Band: { } band } ? $"{Of(result)}, {TrafficLight.Word(band)}" : Of(result);

    /// <summary>An instant to the minute, in the PMO's zone, with the zone's name so that nobody has to guess.</summary>
    public string Of(DateTimeOffset instant) =>
        $"{TimeZoneInfo.ConvertTime(instant, calendar.Zone).ToString("g", culture)} ({calendar.Zone.Id})";

    public string Percent(decimal share) =>
        Math.Round(share * 100, 0, MidpointRounding.AwayFromZero).ToString("0", culture) + " %";

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.');
}
