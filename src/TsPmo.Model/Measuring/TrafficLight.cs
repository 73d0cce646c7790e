using System.Globalization;

namespace TsPmo.Model.Measuring;

/// <summary>Traffic lights: which colour is worse, and results whose value is a colour with its reason in a sentence.</summary>
public static class TrafficLight
{
    /// <summary>Unit of results whose number is 0 for green, 1 for amber, 2 for red.</summary>
    public const string Unit = "light";

    /// <summary>A definition of a metric that is a traffic light.</summary>
    public static MetricDefinition Define(string name, string label) =>
        new(name, $"{label}: 0 green, 1 amber, 2 red", Unit) { Form = new(0) { IsInWords = true } };

    /// <summary>The colour of a result; grey where there is none, or where its bands are no traffic light.</summary>
    public static Band Of(MetricResult? result) => result?.Band is Band.Green or Band.Amber or Band.Red ? result.Band.Value : Band.Grey;

    /// <summary>The worst of what is known; grey where nothing is.</summary>
    public static Band Worst(IEnumerable<Band> bands) => bands.Where(b => b != Band.Grey).DefaultIfEmpty(Band.Grey).Max();

    /// <summary>The worst of what is known; grey where nothing is.</summary>
    public static Band Worst(params ReadOnlySpan<Band> bands) => Worst(bands.ToArray().AsEnumerable());

    /// <summary>The colour's name.</summary>
    public static string Word(Band band) => band.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>A colour with its reason ("amber: SPI(t) is amber"); no value where it is grey, and then the reason alone says why.</summary>
    /// <param name="figure">The traffic light.</param>
    /// <param name="asOf">The instant whose truth it tells, inclusive.</param>
    /// <param name="band">The colour.</param>
    /// <param name="because">Why, as a part of a sentence ("SPI(t) is amber").</param>
    /// <param name="n">Number of results that had a colour.</param>
    public static MetricResult Result(Figure figure, DateTimeOffset asOf, Band band, string because, int n) => band == Band.Grey
        ? figure.Unknown(asOf, Reason.NoData, char.ToUpperInvariant(because[0]) + because[1..] + ".", n) with { Band = Band.Grey }
        : figure.Known(asOf, (int)band, n) with { Band = band, Text = $"{Word(band)}: {because}" };
}
