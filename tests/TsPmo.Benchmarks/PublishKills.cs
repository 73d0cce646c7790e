using System.Globalization;
using System.Text;
using TsPmo.Sync.Tests;
using TsPmo.Testing.Publishing;

namespace TsPmo.Benchmarks;

/// <summary>SIGKILL at two hundred random moments of publishing, while answers to writes that arrived get lost.</summary>
internal static class PublishKills
{
    private static readonly int Wanted = Setting.Number("PUBLISH_KILLS", 200);

    public static async Task<Summary> RunAsync(CancellationToken cancellation)
    {
        var outcomes = new List<PublishKillOutcome>();
        var isClean = true;
        while (outcomes.Count(o => o.InTheMiddle) < Wanted && outcomes.Count < 2 * Wanted)
            isClean &= await RoundAsync(outcomes, cancellation);
        var middle = outcomes.Count(o => o.InTheMiddle);
        return new("Killed in the middle of publishing", middle >= Wanted && isClean && outcomes.All(o => o.Mistakes.Count == 0), Body(outcomes, middle, isClean));
    }

    /// <summary>As many kills as an item may be written on one day, on stand-ins and a store of their own; whether all could be taken back.</summary>
    private static async Task<bool> RoundAsync(List<PublishKillOutcome> outcomes, CancellationToken cancellation)
    {
        await using var experiment = await PublishKillExperiment.PrepareAsync(arguments => InProcess.RunAsync(TimeProvider.System, arguments), cancellation);
        for (var kill = 1; kill <= PublishKillExperiment.Room; kill++)
        {
            // Every other time the next kill hits what the last one left.
            outcomes.Add(await experiment.KillOnceAsync(outcomes.Count + 1, settles: kill % 2 == 1));
            foreach (var mistake in outcomes[^1].Mistakes)
                Console.Error.WriteLine(mistake);
        }

        Console.Error.WriteLine($"{outcomes.Count} kills, {outcomes.Count(o => o.InTheMiddle)} in the middle");
        return await experiment.TakeBackAsync();
    }

    private static string Body(List<PublishKillOutcome> outcomes, int middle, bool isClean)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{outcomes.Count} processes that published to {PublishKillExperiment.Places} places (every target of Jira Cloud, Jira Data Center and Azure DevOps), each another edition of all reports, were killed (SIGKILL);")
            .AppendLine(CultureInfo.InvariantCulture, $"{middle} of them when some but not all of their writes had arrived. One answer in ten was lost besides. {outcomes.Count(o => o.Settled)} times a run that nobody disturbed came after it.")
            .AppendLine(CultureInfo.InvariantCulture, $"Comments, links, pages or revisions that stood twice, and editions that were lost: {outcomes.Sum(o => o.Mistakes.Count)}.")
            .AppendLine(CultureInfo.InvariantCulture, $"Taken back in the end, everything in the three trackers {(isClean ? "is as it was before the first edition" : "differs from what it was")}.")
            .AppendLine()
            .AppendLine("| writes that had arrived | kills |")
            .AppendLine("| --- | --- |");
        foreach (var arrived in outcomes.CountBy(o => o.Arrived).OrderBy(a => a.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {arrived.Key} | {arrived.Value} |");
        return text.ToString();
    }
}
