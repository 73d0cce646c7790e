using System.Globalization;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Plugins.Metrics.PortfolioPriorities;

/// <summary>A project that competes for being served first.</summary>
internal sealed class Candidate(ProjectResults project, DateOnly today)
{
    /// <summary>Who is served first comes first: nothing left to do, then the highest score; ties by cost of delay, then key.</summary>
    public static IComparer<Candidate> FirstServedFirst { get; } = Comparer<Candidate>.Create((a, b) =>
        (b.Score ?? decimal.MaxValue, b.CostOfDelay ?? 0).CompareTo((a.Score ?? decimal.MaxValue, a.CostOfDelay ?? 0)) is var order && order != 0 ? order : string.CompareOrdinal(a.Key, b.Key));

    public string Key => project.Project.Key;

    /// <summary>Money per week.</summary>
    public decimal? CostOfDelay => project.Project.Plan.CostOfDelayPerWeek;

    public string Currency => project.Project.Plan.Currency ?? "money";

    /// <summary>Calendar weeks to the finish at even odds; 0 where it is past.</summary>
    public decimal? Weeks => Date("schedule.finish.p50") is { } finish ? Math.Max(0, finish.DayNumber - today.DayNumber) / 7m : null;

    /// <summary>Cost of delay over remaining duration; null where nothing remains.</summary>
    public decimal? Score => CostOfDelay is { } cost && Weeks is > 0 and { } weeks ? cost / weeks : null;

    /// <summary>Cost of delay in words.</summary>
    public string Delay => $"{Text(CostOfDelay ?? 0)} {Currency} per week";

    /// <summary>What the slip costs that has to be reckoned with.</summary>
    public IEnumerable<MetricInput> Slip()
    {
        if (CostOfDelay is not { } cost || project.Project.Plan.Finish is not { } due || Date("schedule.finish.p85") is not { } likely)
            yield break;
        var weeks = Math.Max(0, likely.DayNumber - due.DayNumber) / 7m;
        yield return new("slip to the finish with 85 %, weeks", Text(weeks));
        yield return new("cost of that slip", $"{Text(cost * weeks)} {Currency}");
    }

    private DateOnly? Date(string metric) => (project.Results.Of(metric) as Measurement)?.Date;

    private static string Text(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
}
