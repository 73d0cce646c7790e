using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;

/// <summary>
/// What the tests of finished runs said and how much of the code they covered. Test runs are listed for the whole project, a week at a time, whichever pipelines they
/// belong to. Coverage has no list: of each pipeline it is asked for once a week of the past and for the newest run of each page, so that the newest of all is always among
/// them and a reading that is taken up again after a page has missed none.
/// </summary>
internal sealed class RunQuality(AzureDevOpsClient client, ProjectPass pass)
{
    private static readonly TimeSpan CoverageEvery = TimeSpan.FromDays(7);

    private readonly UntoldRuns _untold = new(pass);
    private readonly Dictionary<string, DateTimeOffset> _covered = new(pass.Marks.Covered ?? new Dictionary<string, DateTimeOffset>(), StringComparer.Ordinal);

    /// <summary>By pipeline: when the run finished whose coverage was read last.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Covered => new Dictionary<string, DateTimeOffset>(_covered, StringComparer.Ordinal);

    /// <summary>Runs of which the server fails to tell, to be asked about again; null for none.</summary>
    public IReadOnlyDictionary<long, UntoldRun>? Untold => _untold.Open;

    /// <param name="page">New runs, in the order in which they finished.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<SourceRecord>> OfAsync(IReadOnlyList<JsonElement> page, CancellationToken cancellationToken)
    {
        var runs = page.Where(MayHaveRun).ToList();
        var newest = runs.Where(IsOfTheCode).ToLookup(Pipeline, StringComparer.Ordinal).Select(of => Id(of.Last())).ToHashSet(StringComparer.Ordinal);
        return OfAsync(runs, [.. runs.Where(r => IsOfTheCode(r) && IsDue(r, newest))], cancellationToken);
    }

    /// <summary>Runs of which the server failed to tell in an earlier pass.</summary>
    public async Task<IReadOnlyList<SourceRecord>> AgainAsync(CancellationToken cancellationToken)
    {
        var runs = (await pass.Runs.FindAsync(_untold.Due.Keys, cancellationToken)).OrderBy(r => r.Instant("finishTime")).ToList();
        return await OfAsync(runs, [.. runs.Where(r => _untold.Due.GetValueOrDefault(r.Whole("id") ?? 0)?.HasCoverage == true)], cancellationToken);
    }

    private async Task<IReadOnlyList<SourceRecord>> OfAsync(IReadOnlyList<JsonElement> runs, IReadOnlyList<JsonElement> due, CancellationToken cancellationToken)
    {
        var tests = await new TestRuns(pass, _untold).OfAsync(runs, cancellationToken);
        var covered = await CoverageAsync(due, cancellationToken);
        foreach (var run in runs.Select(Id).Where(_untold.IsUntold))
            _untold.Keep(run, due.Any(d => Id(d) == run));
        return [.. runs.Select(r => Record(Id(r), tests[Id(r)], covered.GetValueOrDefault(Id(r)))).OfType<SourceRecord>()];
    }

    /// <summary>A canceled run says nothing about the code.</summary>
    private static bool MayHaveRun(JsonElement build) => build.Word("result", WireEnum.RunResults) is "succeeded" or "partiallysucceeded" or "failed";

    // What a pull request would cover is not what is there.
    private static bool IsOfTheCode(JsonElement run) => run.Text("sourceBranch")?.StartsWith("refs/pull/", StringComparison.Ordinal) != true;

    private bool IsDue(JsonElement run, HashSet<string> newest)
    {
        if (!newest.Contains(Id(run)) && _covered.TryGetValue(Pipeline(run), out var last) && run.Instant("finishTime") - last < CoverageEvery)
            return false;
        _covered[Pipeline(run)] = run.Instant("finishTime") ?? pass.Memory.Now;
        return true;
    }

    private async Task<Dictionary<string, JsonElement>> CoverageAsync(IEnumerable<JsonElement> runs, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(runs.Select(async run => (Run: Id(run), Answer: await _untold.TryAsync("code coverage", [Id(run)], () => CoverageAsync(Id(run), cancellationToken)))));
        return answers.Where(a => a.Answer is not null).ToDictionary(a => a.Run, a => a.Answer!.Body, StringComparer.Ordinal);
    }

    /// <summary>The summary, or the modules one by one where the server has only those.</summary>
    private async Task<ApiAnswer?> CoverageAsync(string run, CancellationToken cancellationToken) =>
        await pass.Memory.Optional.GetAsync("testresults/codecoverage", null, $"{client.TestResults}/{pass.Project.Segment}/_apis/testresults/codecoverage", cancellationToken, ("buildId", run))
        ?? await pass.Memory.Optional.GetAsync("test/codecoverage", "code coverage", $"{pass.Project.Segment}/_apis/test/codecoverage", cancellationToken, ("buildId", run), ("flags", "1"));

    /// <summary>Null where nothing is told of the run.</summary>
    private SourceRecord? Record(string run, IEnumerable<JsonElement> tests, JsonElement coverage)
    {
        var told = tests.ToList();
        if (told.Count == 0 && coverage.ValueKind == JsonValueKind.Undefined)
            return null;
        var body = Composed.Object(json =>
        {
            json.WriteString("project", pass.Project.Name);
            json.WriteString("run", run);
            json.Write("tests", told);
            json.Write("coverage", coverage);
        });
        return new(RecordKinds.RunQuality, run, body, default);
    }

    private static string Id(JsonElement run) => run.Text("id") ?? "";

    private static string Pipeline(JsonElement run) => run.Child("definition").Text("id") ?? "";
}
