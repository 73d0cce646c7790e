using System.Text.Json.Nodes;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Truth;

namespace TsPmo.Testing.Apps;

/// <summary>
/// Records a year week by week, as a PMO would have seen it: each week happens, is read and is measured. Then every one of those instants is measured again from all
/// that is known in the end, and the figures are compared.
/// </summary>
public sealed class AsOfExperiment(TruthExperiment experiment, IApplication application)
{
    /// <summary>Findings by which a figure says that it may come out otherwise later.</summary>
    public static readonly IReadOnlySet<string> Provisional = new HashSet<string>(StringComparer.Ordinal) { "Provisional", "DatesNotHistorical", "NoLongerVisible" };

    private const int MinutesOfWeek = 7 * 24 * 60;
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonObject>> _seen = new(StringComparer.Ordinal);

    /// <summary>Figures that were recorded.</summary>
    public int Figures => _seen.Values.Sum(w => w.Count);

    /// <summary>Figures among them that are values.</summary>
    public int Values => _seen.Values.Sum(w => w.Values.Count(r => r["value"] is not null));

    /// <summary>Figures that said they were provisional and came out otherwise.</summary>
    public int Moved { get; private set; }

    /// <summary>Lets one week happen, reads it with a sweep, as the schedule has one every night, and keeps its figures.</summary>
    public async Task WeekAsync(ulong seed, int acts, CancellationToken cancellation)
    {
        await experiment.RoundAsync(RoundRequest.OfEverything(seed, acts, MinutesOfWeek), swept: true, cancellation);
        var (asOf, figures) = await MeasureAsync();
        _seen[asOf] = figures;
    }

    /// <summary>Measures every recorded instant again and tells what differs though it did not say that it might, in words.</summary>
    /// <param name="progress">Told the instant that is compared next, because a year of them takes as long as it took to record.</param>
    public async Task<IReadOnlyList<string>> DifferencesAsync(Action<string>? progress = null)
    {
        var differences = new List<string>();
        foreach (var (asOf, then) in _seen)
        {
            progress?.Invoke(asOf);
            var (_, now) = await MeasureAsync("--as-of", asOf);
            foreach (var key in then.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var (before, after) = (then.GetValueOrDefault(key), now.GetValueOrDefault(key));
                if (before?.ToJsonString() == after?.ToJsonString())
                    continue;
                if (IsProvisional(before) || IsProvisional(after))
                    Moved++;
                else
                    differences.Add($"{asOf} {key}: was {before?.ToJsonString() ?? "not there"}, is {after?.ToJsonString() ?? "not there"}");
            }
        }

        return differences;
    }

    private static bool IsProvisional(JsonObject? figure) => figure?["quality"] is JsonArray quality && quality.Any(q => Provisional.Contains(q?.GetValue<string>() ?? ""));

    private async Task<(string AsOf, IReadOnlyDictionary<string, JsonObject> Figures)> MeasureAsync(params string[] more)
    {
        var run = await application.RunAsync(experiment.Sandbox.Clock, ["measure", "--config", experiment.Settings, "--json", .. more]);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"measure, exit code {run.ExitCode}: {run.Output}{run.Errors}");
        var report = JsonNode.Parse(run.Output)!.AsObject();
        var rows = report["metrics"]!.AsArray().Select(r => r!.AsObject());
        return (report["asOf"]!.GetValue<string>(), rows.ToDictionary(r => $"{r["project"]} {r["metric"]} {r["subject"]} {Week(r)}", StringComparer.Ordinal));
    }

    /// <summary>Only figures of one subject are told apart by their week.</summary>
    private static string? Week(JsonObject row) => row["metric"]!.GetValue<string>().StartsWith("resource.", StringComparison.Ordinal) ? row["window"]?.GetValue<string>() : null;
}
