using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>One reading of one project's deliveries: where it stands, and what its parts share.</summary>
internal sealed class ProjectPass(AzureDevOpsClient client, TeamProject project, DeliveryMarks marks, DeliveryMemory memory)
{
    /// <summary>How long after its end the content of something is read for the first time: longer than the longest window that is looked at, shorter than for ever.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    public TeamProject Project => project;

    /// <summary>How far the project has been read; each page's cursor says it.</summary>
    public DeliveryMarks Marks { get; set; } = marks;

    /// <summary>The runs that ended.</summary>
    public RunQueue Runs { get; } = new(client, project, marks);

    public DeliveryMemory Memory => memory;

    /// <summary>Whether what leaves no trace in a delta is read too.</summary>
    public bool IsThorough => memory.Depth != ReadDepth.Changes;

    /// <summary>The instant before which nothing's content is read.</summary>
    public DateTimeOffset ContentSince => memory.Now - Horizon;

    /// <summary>Whether a finished run counts as a deployment because its pipeline is named for that.</summary>
    public bool CountsByItself(JsonElement run) =>
        run.Child("definition").Text("name") is { } pipeline && memory.Pipelines.Contains(pipeline, StringComparer.OrdinalIgnoreCase)
        && run.Word("result", WireEnum.RunResults) != "canceled";

    /// <summary>Remembers runs that were deployed, each with the instant of it where it is over; what they brought is read once.</summary>
    public void Delivers(IEnumerable<(long? Run, DateTimeOffset? At)> runs)
    {
        var (waiting, brought) = (Marks.Waiting ?? [], Marks.Brought?.Values ?? []);
        var found = runs.Where(r => r.At is null || r.At >= ContentSince).Select(r => r.Run).OfType<long>()
            .Where(run => !brought.Any(line => line.Contains(run))).Union(waiting).Order().ToList();
        if (found.Count > waiting.Count)
            Marks = Marks with { Waiting = found };
    }
}

/// <summary>What one reading of all projects shares.</summary>
/// <param name="Depth">How thoroughly to read.</param>
/// <param name="Now">Now, by our clock.</param>
/// <param name="Environments">Where environments are found.</param>
/// <param name="Optional">What the server may lack.</param>
/// <param name="Pipelines">Names of pipelines of which every run counts by itself.</param>
/// <param name="Unexpected">The problem of an answer of another shape than documented.</param>
internal sealed record DeliveryMemory(
    ReadDepth Depth, DateTimeOffset Now, EnvironmentRoute Environments, OptionalRoutes Optional, IReadOnlyList<string> Pipelines, Func<Problem> Unexpected);

/// <summary>Records of one project's deliveries.</summary>
internal sealed record DeliveryPage(IReadOnlyList<SourceRecord> Records) : ReadStep;
