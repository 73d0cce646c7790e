using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Deployment records of environments. They come newest first and cannot be filtered by time, so each environment is read down to the
/// last record that was known and finished; one that still runs stays above that mark.
/// </summary>
internal sealed class EnvironmentReading(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<DeliveryPage> ReadAsync(TeamProject project, DeliveryMarks marks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = $"{project.Segment}/_apis/distributedtask/environments";
        var environments = new List<JsonElement>();
        await foreach (var page in client.PagesAsync("distributedtask/environments", root, [("$top", "100")], cancellationToken))
            environments.AddRange(page);
        foreach (var environment in environments)
        {
            var id = environment.Text("id") ?? "";
            var state = new EnvironmentState(marks.Environments.GetValueOrDefault(id));
            await foreach (var stages in StagesAsync($"{root}/{id}/environmentdeploymentrecords", state, cancellationToken))
                yield return new(await RecordsAsync(project, environment, stages, cancellationToken), marks);
            if (state.Mark == state.Floor)
                continue;
            marks = marks with { Environments = new Dictionary<string, long>(marks.Environments) { [id] = state.Mark } };
            yield return new([], marks);
        }
    }

    /// <summary>Records by run and stage. Jobs of one stage may lie on both sides of a page's edge, so each page waits for the next.</summary>
    private async IAsyncEnumerable<IReadOnlyList<StageRecords>> StagesAsync(string path, EnvironmentState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Dictionary<(string, string), StageRecords>();
        await foreach (var page in client.PagesAsync("distributedtask/environmentdeploymentrecords", path, [("top", "200")], cancellationToken))
        {
            var current = new Dictionary<(string, string), StageRecords>();
            foreach (var record in page.Where(state.Takes))
            {
                var key = StageRecords.KeyOf(record);
                var stage = current.TryGetValue(key, out var here) ? here : waiting.Remove(key, out var held) ? held : new StageRecords(key);
                stage.Records.Add(record);
                current[key] = stage;
            }

            if (waiting.Count > 0)
                yield return [.. waiting.Values];
            waiting = current;
            if (state.IsDone(page))
                break;
        }

        if (waiting.Count > 0)
            yield return [.. waiting.Values];
    }

    private async Task<IReadOnlyList<SourceRecord>> RecordsAsync(TeamProject project, JsonElement environment, IReadOnlyList<StageRecords> stages, CancellationToken cancellationToken)
    {
        var records = stages.Select(stage =>
        {
            var body = Composed.Object(json =>
            {
                json.WriteString("project", project.Name);
                json.WriteString("base", client.Base);
                json.Write("environment", environment);
                json.Write("records", stage.Records);
            });
            return new SourceRecord(RecordKinds.Stage, $"{stage.Run}/{stage.Stage}", body, default);
        }).ToList();
        records.AddRange(await RunningAsync(project, stages, cancellationToken));
        return records;
    }

    /// <summary>Runs behind running deployments are not among the finished builds, yet know what is being deployed.</summary>
    private async Task<IEnumerable<SourceRecord>> RunningAsync(TeamProject project, IEnumerable<StageRecords> stages, CancellationToken cancellationToken)
    {
        var runs = stages.Where(s => s.Records.Exists(EnvironmentState.IsOpen)).Select(s => s.Run).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (runs.Count == 0)
            return [];
        var answer = await client.GetAsync("build/builds", $"{project.Segment}/_apis/build/builds", cancellationToken, ("buildIds", string.Join(',', runs)));
        return answer.Body.Items("value").Select(b => BuildReading.Record(client.Base, project.Name, b));
    }

    private sealed record StageRecords(string Run, string Stage)
    {
        public StageRecords((string Run, string Stage) key)
            : this(key.Run, key.Stage)
        {
        }

        public List<JsonElement> Records { get; } = [];

        public static (string Run, string Stage) KeyOf(JsonElement record) => (record.Child("owner").Text("id") ?? "", record.Text("stageName") ?? "");
    }

    /// <summary>How far one environment has been read.</summary>
    private sealed class EnvironmentState(long floor)
    {
        private readonly HashSet<long> _seen = [];
        private long _newest;
        private long _oldestOpen = long.MaxValue;

        public long Floor => floor;

        /// <summary>Everything up to here is known and finished.</summary>
        public long Mark => Math.Min(Math.Max(floor, _newest), _oldestOpen - 1);

        public static bool IsOpen(JsonElement record) => record.Text("result") is null && record.Instant("finishTime") is null;

        public bool Takes(JsonElement record)
        {
            if (record.Whole("id") is not { } id || id <= floor || !_seen.Add(id))
                return false;
            _newest = Math.Max(_newest, id);
            if (IsOpen(record))
                _oldestOpen = Math.Min(_oldestOpen, id);
            return true;
        }

        public bool IsDone(IReadOnlyList<JsonElement> page) => page.Any(r => r.Whole("id") <= floor);
    }
}
