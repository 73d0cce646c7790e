using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.History;

/// <summary>Looking up in rows that are ordered by an instant.</summary>
public static class RisingRows
{
    /// <summary>The rows of the days of a window, both inclusive, up to and including an instant.</summary>
    public static IReadOnlyList<T> Within<T>(this IReadOnlyList<T> rising, Func<T, DateTimeOffset> at, WorkingCalendar calendar, DateWindow window, DateTimeOffset asOf)
    {
        var (from, end) = (calendar.StartOf(window.First), calendar.EndOf(window.Last));
        var next = CountBefore(rising, at, end <= asOf ? end : asOf.AddTicks(1));
        var first = Math.Min(next, CountBefore(rising, at, from));
        return [.. Enumerable.Range(first, next - first).Select(i => rising[i])];
    }

    /// <summary>How many rows lie strictly before an instant.</summary>
    public static int CountBefore<T>(this IReadOnlyList<T> rising, Func<T, DateTimeOffset> at, DateTimeOffset instant)
    {
        int low = 0, high = rising.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (at(rising[middle]) < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
