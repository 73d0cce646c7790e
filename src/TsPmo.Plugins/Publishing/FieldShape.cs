using System.Globalization;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Publishing;

/// <summary>What a field can hold.</summary>
internal enum FieldKind
{
    /// <summary>Text on one line.</summary>
    Line,

    /// <summary>Text of several lines.</summary>
    Prose,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A date.</summary>
    Day,

    /// <summary>One of some values.</summary>
    Choice,

    /// <summary>Nothing that we could say.</summary>
    Other,
}

/// <summary>A field as the tracker describes it.</summary>
/// <param name="Id">The name by which it is written.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Kind">What it can hold.</param>
/// <param name="Type">The tracker's word for that.</param>
internal sealed record FieldShape(string Id, string Name, FieldKind Kind, string Type)
{
    // Trackers keep binary fractions; what lies beyond nine places is their noise.
    private const int Places = 9;

    /// <summary>The number or date to write, without culture; null where there is none, which empties the field.</summary>
    public string? Figure(FieldContent content) => Kind switch
    {
        FieldKind.Whole => Spelt(content.Number, 0),
        FieldKind.Number => Spelt(content.Number, Places),
        _ => content.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>Why the field cannot hold the content; null where it can.</summary>
    public Problem? Refuses(string item, FieldContent content) => Kind switch
    {
        FieldKind.Other => new(
            "field-type-unsupported",
            $"The field '{Name}' of {item} is of the type '{Type}', which holds no status.",
            "Name a field of text, numbers or dates.") { Scope = Id },
        FieldKind.Number or FieldKind.Whole or FieldKind.Day when !content.IsFigure => new(
            "field-not-a-figure",
            $"The field '{Name}' of {item} holds {(Kind == FieldKind.Day ? "dates" : "numbers")}, and its template says something else than one figure.",
            "Let the template be one placeholder alone, such as {schedule.svt}, or name a field of text.") { Scope = Id },
        _ => null,
    };

    private static string? Spelt(decimal? number, int places) => number is { } value
        ? Math.Round(value, places, MidpointRounding.AwayFromZero).ToString("0.#########", CultureInfo.InvariantCulture)
        : null;
}
