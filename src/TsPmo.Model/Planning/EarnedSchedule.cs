namespace TsPmo.Model.Planning;

/// <summary>
/// Earned schedule (Lipke): the time by which the value earned so far was planned to be earned. ES = C + I, where C counts the whole
/// periods with PV(C) at most EV and I is the part of the next period: (EV - PV(C)) / (PV(C+1) - PV(C)).
/// </summary>
public static class EarnedSchedule
{
    /// <summary>
    /// ES in periods. A plateau of PV counts to its end; nothing earned gives 0; EV at or above all that is planned gives the first
    /// period that reaches it, so that a flat tail cannot make a late finish look on time.
    /// </summary>
    /// <param name="planned">Cumulative planned value at the end of each period, never falling; the first element is period 1.</param>
    /// <param name="earned">Earned value.</param>
    public static decimal Of(IReadOnlyList<decimal> planned, decimal earned)
    {
        if (earned <= 0 || planned.Count == 0)
            return 0;
        if (earned >= planned[^1])
            return FirstReaching(planned, planned[^1]);
        var whole = Count(planned, value => value <= earned);
        var before = whole == 0 ? 0 : planned[whole - 1];
        return whole + (earned - before) / (planned[whole] - before);
    }

    /// <summary>SPI(t) = ES / AT; null while AT is 0.</summary>
    public static decimal? Speed(decimal earnedSchedule, decimal actualTime) => actualTime > 0 ? earnedSchedule / actualTime : null;

    /// <summary>IEAC(t) = PD / SPI(t) = PD * AT / ES: the duration at the speed so far; null while nothing is earned or AT is 0.</summary>
    public static decimal? ForecastDuration(decimal plannedDuration, decimal earnedSchedule, decimal actualTime) =>
        actualTime > 0 && earnedSchedule > 0 ? plannedDuration * actualTime / earnedSchedule : null;

    /// <summary>The first period whose planned value is at least a value; the last one where none is.</summary>
    public static int FirstReaching(IReadOnlyList<decimal> planned, decimal value) =>
        Math.Min(planned.Count, Count(planned, p => p < value) + 1);

    /// <summary>Length of the leading run for which a condition holds.</summary>
    private static int Count(IReadOnlyList<decimal> planned, Func<decimal, bool> holds)
    {
        int low = 0, high = planned.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(planned[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
