using TsPmo.Model.Calendar;
using TsPmo.Model.Flow;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>The work of one team as of an instant: what is left of it, and how fast it went. A project's items of one tracker project are one stream.</summary>
public sealed class ForecastStream
{
    private readonly WorkingCalendar _calendar;
    private readonly DateOnly _day;
    private readonly IReadOnlyList<FlowEntry> _items;
    private readonly ForecastStream? _whole;
    private CompletionDays? _completion;

    internal ForecastStream(string name, IReadOnlyList<FlowEntry> items, WorkingCalendar calendar, DateOnly day)
    {
        (Name, _items, _calendar, _day) = (name, items, calendar, day);
        Remaining = [.. items.Where(i => i.IsOpen)];
    }

    private ForecastStream(ForecastStream whole, IReadOnlyList<FlowEntry> remaining)
    {
        (Name, _items, _calendar, _day) = (whole.Name, whole._items, whole._calendar, whole._day);
        (_whole, Remaining) = (whole, remaining);
    }

    /// <summary>Connector and tracker project.</summary>
    public string Name { get; }

    /// <summary>Items with work left.</summary>
    public IReadOnlyList<FlowEntry> Remaining { get; }

    /// <summary>What it finished on each of the last working days.</summary>
    public DailySample Sample => field ??= _whole?.Sample ?? DailySample.Of(_items, _calendar, _day);

    /// <summary>When its remaining items are finished; made when first asked for.</summary>
    public CompletionDays Completion => LazyInitializer.EnsureInitialized(ref _completion, () => new CompletionDays(new DailyChances(Sample.Finished), Remaining.Count));

    /// <summary>The same team with a part of what is left of its work.</summary>
    internal ForecastStream Of(Func<FlowEntry, bool> belongs) => new(this, [.. Remaining.Where(belongs)]);

    /// <summary>Why it cannot be forecast, with a sentence for people; null when it can.</summary>
    public (Reason Reason, string Because)? WhyNot() => Sample.WhyNot(Name);
}
