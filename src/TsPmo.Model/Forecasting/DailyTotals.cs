namespace TsPmo.Model.Forecasting;

/// <summary>How many items are finished within some working days, each drawn from a sample: the exact chances of N(d).</summary>
public sealed class DailyTotals
{
    private const double Rounding = 1e-12;

    private readonly double[] _totals = [1];

    /// <summary>The totals of a number of days.</summary>
    public DailyTotals(DailyChances chances, int days)
    {
        for (var day = 0; day < days; day++)
            _totals = chances.AfterOneMore(_totals);
    }

    /// <summary>The largest number that is reached with at least a probability: more confidence, fewer items.</summary>
    public int AtLeast(int percent)
    {
        var (items, chance) = (_totals.Length - 1, _totals[^1]);
        while (items > 0 && chance < (percent / 100.0) - Rounding)
            chance += _totals[--items];
        return items;
    }
}
