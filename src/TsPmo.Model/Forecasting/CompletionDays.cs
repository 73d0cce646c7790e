namespace TsPmo.Model.Forecasting;

/// <summary>
/// On which working day the last of n items is finished, when each day is drawn from a sample: P(T(n) &lt;= d) = P(N(d) &gt;= n), exactly, without random numbers.
/// Days are computed when they are asked for, each from the one before; totals of no weight in a double number are dropped on the way.
/// </summary>
public sealed class CompletionDays
{
    private const double Nothing = 1e-22;

    private readonly DailyChances _chances;
    private readonly int _items;
    private readonly List<double> _byDay = [];
    private double[] _totals = [1];
    private int _lowest;

    /// <summary>The days for a number of items.</summary>
    /// <param name="chances">What a day brings.</param>
    /// <param name="items">Items to be finished.</param>
    public CompletionDays(DailyChances chances, int items)
    {
        (_chances, _items) = (chances, items);
        _byDay.Add(items == 0 ? 1 : 0);
    }

    /// <summary>Probability that all are finished by the end of a day, the first being 1.</summary>
    public double By(int day)
    {
        lock (_byDay)
        {
            while (_byDay.Count <= day)
                _byDay.Add(AfterOneMore());
            return _byDay[day];
        }
    }

    private double AfterOneMore()
    {
        var after = _chances.AfterOneMore(_totals);
        var below = Math.Clamp(_items - _lowest, 0, after.Length);
        var finished = _byDay[^1];
        for (var i = below; i < after.Length; i++)
            finished += after[i];
        Keep(after.AsSpan(0, below));
        return Math.Min(1, finished);
    }

    /// <summary>Totals below n that weigh anything.</summary>
    private void Keep(ReadOnlySpan<double> totals)
    {
        var (first, last) = (0, totals.Length);
        while (first < last && totals[first] < Nothing)
            first++;
        while (last > first && totals[last - 1] < Nothing)
            last--;
        _totals = totals[first..last].ToArray();
        _lowest += first;
    }
}
