using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Pipeline runs, deployments to environments and classic release deployments, project by project.</summary>
internal sealed class DeploymentStream(AzureDevOpsClient client, DateOnly? historySince)
{
    private readonly BuildReading _builds = new(client);
    private readonly EnvironmentReading _environments = new(client);
    private readonly ReleaseReading _releases = new(client);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.DeploymentCursor)?.Projects;
        var projects = await scope.ProjectsAsync(cancellationToken);
        var marks = projects.ToDictionary(p => p.Name, p => last?.GetValueOrDefault(p.Name) ?? Beginning(), StringComparer.Ordinal);
        foreach (var project in projects)
        {
            foreach (var part in (Part[])[_builds.ReadAsync, _environments.ReadAsync, _releases.ReadAsync])
            {
                await foreach (var step in Guarded(part(project, marks[project.Name], cancellationToken), project.Name, cancellationToken))
                {
                    if (step is DeliveryPage page)
                        marks[project.Name] = page.Marks;
                    yield return step is DeliveryPage found ? new SourcePage(found.Records, JsonSerializer.Serialize(new DeploymentCursor(marks), CursorJson.Default.DeploymentCursor)) : step;
                }
            }
        }
    }

    private delegate IAsyncEnumerable<DeliveryPage> Part(TeamProject project, DeliveryMarks marks, CancellationToken cancellationToken);

    private DeliveryMarks Beginning() => historySince is { } day
        ? DeliveryMarks.None with { Builds = new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), Releases = new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) }
        : DeliveryMarks.None;

    /// <summary>A part that fails becomes a notice, and the other parts are read, unless the failure is one that all would meet.</summary>
    private static async IAsyncEnumerable<ReadStep> Guarded(IAsyncEnumerable<DeliveryPage> pages, string project, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = pages.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ReadNotice? notice = null;
            var isMore = false;
            try
            {
                isMore = await reader.MoveNextAsync();
            }
            catch (TrackerException e) when (!ReadingScope.ConcernsAll(e.Problem))
            {
                notice = ReadingScope.Notice(e, project);
            }

            if (notice is not null)
                yield return notice;
            if (!isMore)
                yield break;
            yield return reader.Current;
        }
    }
}

/// <summary>Records of one project's deliveries, and how far they reach.</summary>
internal sealed record DeliveryPage(IReadOnlyList<SourceRecord> Records, DeliveryMarks Marks) : ReadStep;
