using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Deployment records of environments: one per job. They come newest first and cannot be filtered by time, so each environment is read down to the last record
/// that was known and finished; one that still runs stays above that mark.
/// </summary>
internal sealed class EnvironmentReading(AzureDevOpsClient client)
{
    /// <summary>How long nothing need tell of a record: its run may be hidden, or be over before the record is shown.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isOwed = pass.Marks.Records is null || pass.Marks.AreEnvironmentsOwed || pass.IsThorough || !(pass.Memory.Now - pass.Marks.EnvironmentsReadAt < Longest);
        if (!await pass.Runs.MayHaveDeployedAsync(cancellationToken) && !isOwed)
            yield break;
        var isFailing = false;
        // Stays owed where the reading fails: the runs that told of it will not be new again.
        pass.Marks = pass.Marks with { AreEnvironmentsOwed = true };
        foreach (var environment in await pass.Memory.Environments.EnvironmentsAsync(pass.Project, cancellationToken))
        {
            await foreach (var step in GuardedAsync(pass, environment, () => isFailing = true, cancellationToken))
            {
                yield return step;
                // What follows would be told the same of its project.
                if (step is ReadNotice { Problem.Code: ReadingScope.ProjectUnknown })
                    yield break;
            }
        }

        pass.Marks = pass.Marks with { AreEnvironmentsOwed = isFailing, EnvironmentsReadAt = pass.Memory.Now, Records = pass.Marks.Records ?? new Dictionary<string, long>() };
        if (isOwed || isFailing)
            yield return new DeliveryPage([]);
    }

    /// <summary>One environment, whose failure costs no other.</summary>
    private IAsyncEnumerable<ReadStep> GuardedAsync(ProjectPass pass, JsonElement environment, Action fails, CancellationToken cancellationToken)
    {
        return ReadingEdge.PartAsync(OfAsync(pass, environment, cancellationToken), Told, pass.Memory.Unexpected, cancellationToken);

        // One that refuses is asked again with the others, within the hour.
        ReadStep? Told(TrackerException failure)
        {
            if (failure.Problem.Retryable)
                fails();
            return ReadingScope.Failure(failure, $"{pass.Project.Name}/{environment.Text("name")}");
        }
    }

    private async IAsyncEnumerable<DeliveryPage> OfAsync(ProjectPass pass, JsonElement environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = environment.Text("id") ?? "";
        var marks = pass.Marks.Records ?? new Dictionary<string, long>();
        var mark = new RecordMark(marks.GetValueOrDefault(id), pass.Memory.Now);
        await foreach (var page in pass.Memory.Environments.RecordsAsync(pass.Project, id, cancellationToken))
        {
            var fresh = page.Where(mark.Takes).ToList();
            pass.Delivers(fresh.Select(r => (r.Child("owner").Whole("id"), r.Instant("finishTime") ?? RecordMark.Began(r))));
            if (fresh.Count > 0)
                yield return new([.. fresh.Select(r => Record(pass.Project, environment, r))]);
            if (mark.IsReached(page))
                break;
        }

        if (mark.Next == mark.Floor)
            yield break;
        pass.Marks = pass.Marks with { Records = new Dictionary<string, long>(marks) { [id] = mark.Next } };
        yield return new([]);
    }

    private SourceRecord Record(TeamProject project, JsonElement environment, JsonElement record)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteString("base", client.Base);
            json.Write("environment", environment);
            json.Write("record", record);
        });
        return new SourceRecord(RecordKinds.Job, record.Text("id") ?? "", body, default);
    }

    /// <summary>How far one environment has been read.</summary>
    private sealed class RecordMark(long floor, DateTimeOffset now)
    {
        // No approval and no job lasts longer; what is open since then was forgotten by the server and must not hold the mark for ever.
        private static readonly TimeSpan Longest = TimeSpan.FromDays(60);

        private readonly HashSet<long> _seen = [];
        private long _newest;
        private long _oldestOpen = long.MaxValue;

        public long Floor => floor;

        /// <summary>Everything up to here is known and finished.</summary>
        public long Next => Math.Min(Math.Max(floor, _newest), _oldestOpen - 1);

        public static DateTimeOffset? Began(JsonElement record) => record.Instant("queueTime") ?? record.Instant("startTime");

        private static bool IsOpen(JsonElement record) => record.Text("result") is null && record.Instant("finishTime") is null;

        public bool Takes(JsonElement record)
        {
            if (record.Whole("id") is not { } id || id <= floor || !_seen.Add(id))
                return false;
            _newest = Math.Max(_newest, id);
            if (IsOpen(record) && !(now - Began(record) > Longest))
                _oldestOpen = Math.Min(_oldestOpen, id);
            return true;
        }

        /// <summary>Whether everything behind the page is known; of a server that begins with the oldest that is never so.</summary>
        public bool IsReached(IReadOnlyList<JsonElement> page)
        {
            var ids = page.Select(r => r.Whole("id")).OfType<long>().ToList();
            return ids.Count > 0 && ids[0] >= ids[^1] && ids.Exists(id => id <= floor);
        }
    }
}
