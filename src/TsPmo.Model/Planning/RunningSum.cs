namespace TsPmo.Model.Planning;

/// <summary>A sum that grows and shrinks at instants: added up once, asked for any instant.</summary>
public sealed class RunningSum
{
    private readonly DateTimeOffset[] _instants;
    private readonly decimal[] _values;

    /// <summary>The sum of changes, told in any order.</summary>
    public RunningSum(IEnumerable<(DateTimeOffset At, decimal Change)> steps)
    {
        var byInstant = new SortedDictionary<DateTimeOffset, decimal>();
        foreach (var (at, change) in steps)
            byInstant[at] = byInstant.GetValueOrDefault(at) + change;
        _instants = [.. byInstant.Keys];
        _values = [.. byInstant.Values];
        for (var i = 1; i < _values.Length; i++)
            _values[i] += _values[i - 1];
    }

    /// <summary>The steps of a value that changes at no other than the given instants, as seen from an instant on.</summary>
    /// <param name="from">The first instant that is looked at.</param>
    /// <param name="instants">Instants at which the value may change, in any order; earlier ones do not matter.</param>
    /// <param name="value">The value as of an instant.</param>
    public static IEnumerable<(DateTimeOffset At, decimal Change)> Steps(DateTimeOffset from, IEnumerable<DateTimeOffset> instants, Func<DateTimeOffset, decimal> value)
    {
        var before = 0m;
        foreach (var instant in instants.Where(i => i > from).Prepend(from).Distinct().Order())
        {
            var now = value(instant);
            if (now != before)
                yield return (instant, now - before);
            before = now;
        }
    }

    /// <summary>The sum as of an instant, inclusive.</summary>
    public decimal At(DateTimeOffset instant) => IndexAt(instant) is >= 0 and var index ? _values[index] : 0;

    /// <summary>Since when a value has been reached without a break, as of an instant; null when it is not reached then.</summary>
    public DateTimeOffset? ReachedSince(decimal value, DateTimeOffset instant)
    {
        var index = IndexAt(instant);
        if (index < 0 || _values[index] < value)
            return null;
        while (index > 0 && _values[index - 1] >= value)
            index--;
        return _instants[index];
    }

    private int IndexAt(DateTimeOffset instant)
    {
        var index = Array.BinarySearch(_instants, instant);
        return index >= 0 ? index : ~index - 1;
    }
}
