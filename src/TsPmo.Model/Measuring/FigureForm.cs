using System.Globalization;

namespace TsPmo.Model.Measuring;

/// <summary>
/// How a figure is written for people: decimals, sign, and the word that says what lies on either side of its neutral value.
/// Rounding is for display only, halves away from zero; the word follows the rounded value, so that it never contradicts what is read.
/// </summary>
/// <param name="Decimals">Decimals shown at most.</param>
/// <param name="IsPadded">Whether all decimals are shown ("0.90").</param>
public sealed record FigureForm(int Decimals = 2, bool IsPadded = false)
{
    /// <summary>The value that is neither good nor bad.</summary>
    public decimal Neutral { get; init; }

    /// <summary>What a value above the neutral one means ("ahead"); null for figures without a meaning of their sign.</summary>
    public string? Above { get; init; }

    /// <summary>What a value below the neutral one means.</summary>
    public string? Below { get; init; }

    /// <summary>What the neutral value means.</summary>
    public string? Even { get; init; }

    /// <summary>Whether people read the result's own text, and the number is for programs only.</summary>
    public bool IsInWords { get; init; }

    /// <summary>Whether a positive value carries its sign.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Whether a value in seconds is written in the largest of days, hours and minutes that it fills ("1.5 hours").</summary>
    public bool IsDuration { get; init; }

    /// <summary>Whether a ratio is written as a share ("40 %").</summary>
    public bool IsShare { get; init; }

    /// <summary>The value with sign, unit and meaning: "-4.5 working days (behind)".</summary>
    public string Write(decimal value, string unit, CultureInfo culture)
    {
        if (IsShare)
            return (this with { IsShare = false }).Write(value * 100, "%", culture);
        if (IsDuration && Array.Find(Spans, s => Math.Abs(value) >= s.Seconds) is { Unit: not null } span)
            return (this with { IsDuration = false }).Write(value / span.Seconds, span.Unit, culture);
        var rounded = Math.Round(value, Decimals, MidpointRounding.AwayFromZero);
        var sign = IsSigned && rounded > 0 ? "+" : "";
        var measure = unit == "ratio" ? "" : " " + (Math.Abs(rounded) == 1 ? Singular(unit) : unit);
        var meaning = Side(value) switch { > 0 => Above, < 0 => Below, _ => Even };
        return $"{sign}{rounded.ToString(Pattern, culture)}{measure}{(meaning is null ? "" : $" ({meaning})")}";
    }

    /// <summary>On which side of the neutral value a value is read: 1 above, -1 below, 0 at it.</summary>
    public int Side(decimal value) =>
        IsShare ? (this with { IsShare = false }).Side(value * 100) : Math.Round(value, Decimals, MidpointRounding.AwayFromZero).CompareTo(Neutral);

    private static readonly (string Unit, decimal Seconds)[] Spans = [("days", 86400), ("hours", 3600), ("minutes", 60)];

    private string Pattern => Decimals == 0 ? "0" : "0." + new string(IsPadded ? '0' : '#', Decimals);

    private static string Singular(string unit)
    {
        var per = unit.IndexOf(" per ", StringComparison.Ordinal);
        var counted = per < 0 ? unit : unit[..per];
        return counted.EndsWith('s') ? counted[..^1] + unit[counted.Length..] : unit;
    }
}
