using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>What the runs brought that were deployed anywhere, and the pull requests in it; each once. Runs that were not deployed cost nothing.</summary>
internal sealed class DeliveredContent(AzureDevOpsClient client)
{
    /// <summary>How many runs of a line are remembered as read; one that is older than all of them has been read or is part of what they brought.</summary>
    private const int Remembered = 50;

    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (content, requests) = (new RunContent(client, pass), new DeliveredPullRequests(client, pass));
        while (pass.Marks.Waiting is { Count: > 0 } waiting)
        {
            var batch = waiting.Order().Take(RunQueue.RunsAtOnce).ToList();
            var runs = (await pass.Runs.FindAsync(batch, cancellationToken)).Select(b => new DeployedRun(b)).ToList();
            var records = runs.Select(r => BuildReading.Record(client.Base, pass.Project.Name, r.Build)).ToList();
            var lines = new Dictionary<string, IReadOnlyList<long>>(pass.Marks.Brought ?? new Dictionary<string, IReadOnlyList<long>>(), StringComparer.Ordinal);
            var brought = await Task.WhenAll(Planned(lines, runs).Select(async p => (p.Run, Content: await content.ReadAsync(p.Run, p.Before, cancellationToken))));
            records.AddRange(brought.Where(b => b.Content is not null).Select(b => Record(pass, b.Run, b.Content!)));
            records.AddRange(await requests.OfAsync([.. brought], cancellationToken));
            pass.Marks = pass.Marks with { Waiting = [.. waiting.Except(batch)], Brought = lines, PullRequests = requests.Known };
            yield return new(records);
        }
    }

    /// <summary>Which runs are to be read and since which one, taking note of them.</summary>
    private static List<(DeployedRun Run, long? Before)> Planned(Dictionary<string, IReadOnlyList<long>> lines, IEnumerable<DeployedRun> runs)
    {
        var planned = new List<(DeployedRun, long?)>();
        foreach (var run in runs)
        {
            var known = lines.GetValueOrDefault(run.Line) ?? [];
            if (known.Contains(run.Id) || (known.Count >= Remembered && run.Id < known[0]))
                continue;
            planned.Add((run, known.LastOrDefault(k => k < run.Id) is > 0 and var before ? before : null));
            lines[run.Line] = [.. known.Append(run.Id).Order().TakeLast(Remembered)];
        }

        return planned;
    }

    private SourceRecord Record(ProjectPass pass, DeployedRun run, Brought brought)
    {
        var id = run.Id.ToString(CultureInfo.InvariantCulture);
        var body = Composed.Object(json =>
        {
            json.WriteString("project", pass.Project.Name);
            json.WriteString("base", client.Base);
            json.WriteString("run", id);
            json.Write("changes", brought.Changes);
            json.Write("workItems", brought.WorkItems);
        });
        return new(RecordKinds.RunContent, id, body, default);
    }
}
