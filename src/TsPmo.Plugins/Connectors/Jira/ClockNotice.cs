using System.Globalization;
using TsPmo.Model;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>Tells that the tracker's clock and ours are further apart than what is read twice; dates and ages then mean different moments.</summary>
internal static class ClockNotice
{
    /// <summary>The problem; null when the clocks agree well enough.</summary>
    public static Problem? Of(JiraClient client, JiraSession session)
    {
        var skew = session.ServerTime - session.OurTime;
        if (skew.Duration() <= JiraQuery.Overlap)
            return null;
        var minutes = skew.Duration().TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        return new(
            "clock-skew",
            $"The clock of connector '{client.Name}' is {minutes} min {(skew > TimeSpan.Zero ? "ahead of" : "behind")} ours. Reading goes by the times that issues tell, and nothing is lost; ages and days may be off by as much.",
            "Let the clocks of this machine and of the tracker be set by a time server.");
    }
}
