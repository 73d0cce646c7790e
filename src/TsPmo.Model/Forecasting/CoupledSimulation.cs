namespace TsPmo.Model.Forecasting;

/// <summary>
/// What exact computation does not reach: streams that have their good and bad days together, and scope that grows while it is worked off. Each trial draws whole days
/// of the past, for all streams at once, until every stream has finished its items.
/// </summary>
public sealed class CoupledSimulation
{
    /// <summary>Trials: the standard error of a probability is at most 0.005.</summary>
    public const int Trials = 10_000;

    private readonly int[] _days;

    private CoupledSimulation(int[] days) => _days = days;

    /// <summary>Simulates some streams over the working days that all their samples share, the latest.</summary>
    /// <param name="streams">Samples and items to be finished.</param>
    /// <param name="withArrivals">Whether new items come as they did on the days that are drawn.</param>
    /// <param name="horizon">Working days after which a trial is given up.</param>
    /// <param name="seed">See <see cref="Xoshiro256.SeedOf"/>.</param>
    public static CoupledSimulation Run(IReadOnlyList<(DailySample Sample, int Items)> streams, bool withArrivals, int horizon, ulong seed)
    {
        var random = new Xoshiro256(seed);
        var shared = streams.Min(s => s.Sample.Days);
        var net = streams.Select(s => Enumerable.Range(s.Sample.Days - shared, shared).Select(day => s.Sample.Finished[day] - (withArrivals ? s.Sample.Arrived[day] : 0)).ToArray()).ToArray();
        var days = new int[Trials];
        var left = new int[streams.Count];
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var i = 0; i < left.Length; i++)
                left[i] = streams[i].Items;
            days[trial] = Trial(random, net, left, shared, horizon);
        }

        Array.Sort(days);
        return new(days);
    }

    /// <summary>The smallest day by which at least p % of the trials had finished; null where they had not within the horizon.</summary>
    public int? DayOf(int percent) => _days[((percent * _days.Length + 99) / 100) - 1] is var day and < int.MaxValue ? day : null;

    /// <summary>The share of the trials that had finished by a day.</summary>
    public double By(int day) => (double)_days.Count(d => d <= day) / _days.Length;

    private static int Trial(Xoshiro256 random, int[][] net, int[] left, int shared, int horizon)
    {
        var open = left.Count(l => l > 0);
        for (var day = 1; open > 0; day++)
        {
            if (day > horizon)
                return int.MaxValue;
            var drawn = random.Next(shared);
            for (var i = 0; i < left.Length; i++)
            {
                if (left[i] > 0 && (left[i] -= net[i][drawn]) <= 0)
                    open--;
            }

            if (open == 0)
                return day;
        }

        return 0;
    }
}
