using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Flow;

/// <summary>One item as it flowed up to an instant. Spans are calendar days with both ends inclusive: what begins and ends on one day took one day.</summary>
/// <param name="Life">Its way.</param>
/// <param name="Index">Which of its steps was in force.</param>
public readonly record struct FlowEntry(FlowLife Life, int Index)
{
    /// <summary>The step in force.</summary>
    public ref readonly FlowStep Step => ref Life.Steps[Index];

    /// <summary>The item.</summary>
    public ItemHistory Item => Life.Item;

    /// <summary>Whether it is delivered.</summary>
    public bool IsFinished => Step.Finish is not null;

    /// <summary>Whether there is still work to do on it, begun or not.</summary>
    public bool IsOpen => Step.State.IsOpen();

    /// <summary>Whether it is begun and neither delivered nor given up.</summary>
    public bool IsInProcess => IsOpen && Step.Start is not null;

    /// <summary>Days from start to finish; null where it is not finished or nobody was seen starting it.</summary>
    public int? CycleDays => Step is { Start: { } start, Finish: { } finish } ? Span(start.Day, finish.Day) : null;

    /// <summary>Days from creation to finish; null where it is not finished.</summary>
    public int? LeadDays => Step.Finish is { } finish ? Span(Life.CreatedDay, finish.Day) : null;

    /// <summary>Days from start to a day; null where it is not in process.</summary>
    public int? AgeOn(DateOnly day) => IsInProcess && Step.Start is { } start ? Span(start.Day, day) : null;

    private static int Span(DateOnly first, DateOnly last) => last.DayNumber - first.DayNumber + 1;
}
