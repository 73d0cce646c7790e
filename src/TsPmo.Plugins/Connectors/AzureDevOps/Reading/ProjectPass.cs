using TsPmo.Model.Contracts;

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

    /// <summary>Remembers pipelines whose runs deploy.</summary>
    public void Deploys(IEnumerable<string?> definitions)
    {
        var known = Marks.Deploying ?? [];
        var found = definitions.OfType<string>().Except(known, StringComparer.Ordinal).ToList();
        if (found.Count > 0)
            Marks = Marks with { Deploying = [.. known.Concat(found).Order(StringComparer.Ordinal)] };
    }
}

/// <summary>What one reading of all projects shares.</summary>
/// <param name="Depth">How thoroughly to read.</param>
/// <param name="Now">Now, by our clock.</param>
/// <param name="Environments">Where environments are found.</param>
/// <param name="Optional">What the server may lack.</param>
internal sealed record DeliveryMemory(ReadDepth Depth, DateTimeOffset Now, EnvironmentRoute Environments, OptionalRoutes Optional);

/// <summary>Records of one project's deliveries.</summary>
internal sealed record DeliveryPage(IReadOnlyList<SourceRecord> Records) : ReadStep;
