using TsPmo.Engine.Reporting;
using TsPmo.Model.Measuring;

namespace TsPmo.Sync.Web.Console;

/// <summary>A project's schedule as a traffic light.</summary>
/// <param name="Band">The band; grey where it is unknown.</param>
/// <param name="Tone">Colour's name.</param>
/// <param name="Words">What it means.</param>
internal sealed record ScheduleState(Band Band, string Tone, string Words)
{
    /// <summary>The figure whose band is the state.</summary>
    public const string Metric = "rag.schedule";

    /// <summary>All states, the ones that need attention first.</summary>
    public static readonly IReadOnlyList<ScheduleState> All =
    [
        new(Band.Red, "red", "late"), new(Band.Amber, "amber", "watch"), new(Band.Green, "green", "on plan"), new(Band.Grey, "grey", "unknown"),
    ];

    /// <summary>The state of a row. Without a band it is unknown: what was not measured is not good news.</summary>
    public static ScheduleState Of(PortfolioRow row)
    {
        var band = row.Result(Metric)?.Band ?? Band.Grey;
        return All.First(s => s.Band == band);
    }
}
