using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Pipeline runs in the order in which they finished, each once with what it brought and what its tests said.</summary>
internal sealed class BuildReading(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (content, quality) = (new RunContent(client, pass.Memory.Optional), new RunTests(client, pass.Memory.Optional));
        await foreach (var page in pass.Runs.NewAsync(cancellationToken))
        {
            var recent = page.Where(b => b.Instant("finishTime") >= pass.ContentSince).ToList();
            var brought = recent.Where(b => pass.Marks.Deploying?.Contains(b.Child("definition").Text("id") ?? "", StringComparer.Ordinal) == true);
            var details = await Task.WhenAll([
                .. brought.Select(b => content.ReadAsync(pass.Project, b, cancellationToken)),
                .. recent.Where(RunTests.MayHaveRun).Select(b => quality.ReadAsync(pass.Project, b, cancellationToken))]);
            pass.Marks = pass.Marks with { Builds = pass.Runs.Overlap.Mark, RecentBuilds = pass.Runs.Overlap.Recent };
            yield return new([.. page.Select(b => Record(client.Base, pass.Project.Name, b)), .. details.OfType<SourceRecord>()]);
        }
    }

    public static SourceRecord Record(string baseAddress, string project, JsonElement build)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project);
            json.WriteString("base", baseAddress);
            json.Write("build", build);
        });
        return new(RecordKinds.Build, build.Text("id") ?? "", body, default);
    }
}
