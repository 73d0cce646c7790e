using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Pipeline runs in the order in which they finished: each page's last finish is where to go on.</summary>
internal sealed class BuildReading(AzureDevOpsClient client)
{
    // Runs that finish at the same time may become visible one after the other.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<DeliveryPage> ReadAsync(TeamProject project, DeliveryMarks marks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string, string?)[] options =
        [
            ("statusFilter", "completed"), ("queryOrder", "finishTimeAscending"), ("$top", "500"),
            ("minTime", marks.Builds is { } since ? WireDate.Write(since - Overlap) : null),
        ];
        await foreach (var page in client.PagesAsync("build/builds", $"{project.Segment}/_apis/build/builds", options, cancellationToken))
        {
            if (page.Count == 0)
                continue;
            var latest = page.Max(b => b.Instant("finishTime"));
            marks = marks with { Builds = latest > marks.Builds || marks.Builds is null ? latest : marks.Builds };
            yield return new(page.Select(b => Record(client.Base, project.Name, b)).ToList(), marks);
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
