using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;

/// <summary>Totals of a finished run's tests, and how much of the code they covered. Two requests, once per run.</summary>
internal sealed class RunTests(AzureDevOpsClient client, OptionalRoutes optional)
{
    /// <summary>Modules, functions and blocks.</summary>
    private const string AllOfIt = "7";

    /// <summary>A canceled run says nothing about the code.</summary>
    public static bool MayHaveRun(JsonElement build) => build.Text("result")?.ToLowerInvariant() is "succeeded" or "partiallysucceeded" or "failed";

    /// <summary>Null where the server tells neither.</summary>
    public async Task<SourceRecord?> ReadAsync(TeamProject project, JsonElement build, CancellationToken cancellationToken)
    {
        var id = build.Text("id") ?? "";
        var summary = await optional.GetAsync(
            "testresults/resultsummarybybuild", "test results", $"{client.TestResults}/{project.Segment}/_apis/testresults/resultsummarybybuild", cancellationToken, ("buildId", id));
        var coverage = await optional.GetAsync(
            "test/codecoverage", "code coverage", $"{project.Segment}/_apis/test/codecoverage", cancellationToken, ("buildId", id), ("flags", AllOfIt));
        if (summary is null && coverage is null)
            return null;
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteString("run", id);
            json.Write("summary", summary?.Body ?? default);
            json.Write("coverage", coverage?.Body.Items("value").SelectMany(c => c.Items("modules")).Select(m => m.Child("statistics")).OfType<JsonElement>() ?? []);
        });
        return new(RecordKinds.RunQuality, id, body, default);
    }
}
