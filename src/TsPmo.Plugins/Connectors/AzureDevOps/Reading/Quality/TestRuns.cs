using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;

/// <summary>The test runs of a project by the pipeline runs that made them, asked for in as few stretches of time as the vendor allows.</summary>
internal sealed class TestRuns(ProjectPass pass, UntoldRuns untold)
{
    /// <summary>The vendor refuses bounds that lie further apart.</summary>
    private static readonly TimeSpan Widest = TimeSpan.FromDays(7);

    /// <summary>Results are published while a run is on its way, and counted a little later.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    /// <param name="runs">Finished pipeline runs, in the order in which they finished.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ILookup<string, JsonElement>> OfAsync(IReadOnlyList<JsonElement> runs, CancellationToken cancellationToken)
    {
        var wanted = runs.Select(r => r.Text("id")).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, (string Run, JsonElement Tests)>(StringComparer.Ordinal);
        foreach (var stretch in Stretches(runs))
        {
            var ended = runs.Where(r => r.Instant("finishTime") >= stretch.From && r.Instant("finishTime") <= stretch.To).Select(r => r.Text("id")).OfType<string>().ToList();
            foreach (var tests in await untold.TryAsync("test results", ended, async () => await ListAsync(stretch, cancellationToken)) ?? [])
            {
                if (tests.Child("build").Text("id") is { } run && wanted.Contains(run) && !IsOfRelease(tests))
                    found[tests.Text("id") ?? ""] = (run, tests);
            }
        }

        return found.Values.ToLookup(t => t.Run, t => t.Tests, StringComparer.Ordinal);
    }

    /// <summary>Stretches of at most a week that hold everything from the begin to the end of each run; where nothing ended there is none.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Stretches(IEnumerable<JsonElement> runs)
    {
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        foreach (var run in runs)
        {
            if (run.Instant("finishTime") is not { } finish)
                continue;
            var (began, ended) = (run.Instant("startTime") ?? finish, finish + Late);
            var from = open is { } stretch && stretch.From < began ? stretch.From : began;
            if (open is { } done && ended - from > Widest)
            {
                yield return done;
                from = began;
            }

            open = (ended - from > Widest ? ended - Widest : from, ended);
        }

        if (open is { } last)
            yield return last;
    }

    // What a release tried on a build is not the build's own.
    private static bool IsOfRelease(JsonElement tests) => tests.Child("release").Whole("id") > 0;

    private async Task<IReadOnlyList<JsonElement>> ListAsync((DateTimeOffset From, DateTimeOffset To) stretch, CancellationToken cancellationToken)
    {
        var (found, trail) = (new List<JsonElement>(), new TokenTrail(OptionalRoutes.TestRuns));
        string? token = null;
        do
        {
            var answer = await pass.Memory.Optional.GetAsync(OptionalRoutes.TestRuns, "test results", $"{pass.Project.Segment}/_apis/test/runs", cancellationToken,
                ("minLastUpdatedDate", WireDate.Write(stretch.From)), ("maxLastUpdatedDate", WireDate.Write(stretch.To)), ("$top", "100"), ("continuationToken", token));
            found.AddRange(answer?.Body.Items("value") ?? []);
            token = answer is null ? null : trail.Next(answer);
        }
        while (token is not null);
        return found;
    }
}
