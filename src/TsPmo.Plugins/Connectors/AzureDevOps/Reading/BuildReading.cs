using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Quality;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Pipeline runs in the order in which they finished, each once and with what its tests said.</summary>
internal sealed class BuildReading(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quality = new RunQuality(client, pass);
        if (pass.Marks.Untold is { Count: > 0 })
        {
            var told = await quality.AgainAsync(cancellationToken);
            pass.Marks = pass.Marks with { Untold = quality.Untold };
            yield return new(told);
        }

        await foreach (var page in pass.Runs.NewAsync(cancellationToken))
        {
            var tested = await quality.OfAsync([.. page.Where(b => b.Instant("finishTime") >= pass.ContentSince)], cancellationToken);
            pass.Delivers(page.Where(pass.CountsByItself).Select(b => (b.Whole("id"), b.Instant("finishTime"))));
            pass.Marks = pass.Marks with { Builds = pass.Runs.Overlap.Mark, RecentBuilds = pass.Runs.Overlap.Recent, Covered = quality.Covered, Untold = quality.Untold };
            yield return new([.. page.Select(b => Record(client.Base, pass.Project.Name, b)), .. tested]);
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
