namespace TsPmo.Model.Forecasting;

/// <summary>
/// On which working day the last of n items is finished, when each day is drawn from a sample: P(T(n) &lt;= d) = P(N(d) &gt;= n), exactly, without random numbers.
/// Days are computed when they are asked for, each from the one before; totals of no weight in a double number are dropped on the way.
/// </summary>
public sealed class CompletionDays
{
    private const double Nothing = 1e-22;

    /// <summary>What the rounding of double numbers may hide.</summary>
    private const double Slack = 1e-6;

    private readonly DailyChances _chances;
    private readonly int _items;
    private readonly List<double> _byDay = [];
    private double[] _totals;
    private double[] _next = [];
    private int _start;
    private int _count = 1;
    private int _lowest;

    /// <summary>The days for a number of items.</summary>
    /// <param name="chances">What a day brings.</param>
    /// <param name="items">Items to be finished.</param>
    public CompletionDays(DailyChances chances, int items)
    {
        (_chances, _items, _start) = (chances, items, chances.Most);
        _totals = new double[1 + (2 * chances.Most)];
        _totals[_start] = 1;
        _byDay.Add(items == 0 ? 1 : 0);
    }

    /// <summary>Probability that all are finished by the end of a day, the first being 1.</summary>
    public double By(int day)
    {
        // No day brings more than the most that was seen.
        if ((long)day * _chances.Most < _items)
            return 0;
        lock (_byDay)
        {
            while (_byDay.Count <= day)
                _byDay.Add(AfterOneMore());
            return _byDay[day];
        }
    }

    /// <summary>
    /// Whether a probability can be reached by the end of a day at all. False only where it cannot: by Cantelli's inequality a total that lies t above its mean has at most the
    /// probability v / (v + t²), v being its variance. Most days that are asked about lie so far before the end that none up to them has to be computed.
    /// </summary>
    /// <param name="chance">The probability, over 0.</param>
    /// <param name="day">The working day, the first being 1.</param>
    public bool MayReach(double chance, int day)
    {
        var (missing, variance) = (_items - (day * _chances.Mean), day * _chances.Variance);
        return missing <= 0 || variance >= (chance - Slack) * (variance + (missing * missing));
    }

    private double AfterOneMore()
    {
        var (most, count) = (_chances.Most, _count + _chances.Most);
        if (_next.Length < count + (2 * most))
            _next = new double[2 * (count + (2 * most))];
        var after = _next.AsSpan(most, count);
        _chances.AfterOneMore(_totals.AsSpan(_start - most, _count + (2 * most)), after);
        var below = Math.Clamp(_items - _lowest, 0, count);
        var finished = _byDay[^1];
        foreach (var chance in after[below..])
            finished += chance;
        Keep(after[..below]);
        return Math.Min(1, finished);
    }

    /// <summary>Goes on with the totals below n that weigh anything; what lies around them is nothing.</summary>
    private void Keep(ReadOnlySpan<double> totals)
    {
        var (most, first, last) = (_chances.Most, 0, totals.Length);
        while (first < last && totals[first] < Nothing)
            first++;
        while (last > first && totals[last - 1] < Nothing)
            last--;
        (_totals, _next) = (_next, _totals);
        (_start, _count) = (most + first, last - first);
        _lowest += first;
        _totals.AsSpan(_start - most, most).Clear();
        _totals.AsSpan(_start + _count, most).Clear();
    }
}
