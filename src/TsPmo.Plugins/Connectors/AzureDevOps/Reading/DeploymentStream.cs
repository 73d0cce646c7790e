using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Deployments to environments, classic release deployments, pipeline runs with how they were tested, and what the deployed ones brought, project by project.
/// What was brought comes last: the others tell which runs were deployed, and only of those it is asked.
/// </summary>
internal sealed class DeploymentStream(AzureDevOpsClient client, ConnectorSetup setup)
{
    private readonly Part[] _parts =
    [
        new EnvironmentReading(client).ReadAsync, new ReleaseReading(client).ReadAsync, new BuildReading(client).ReadAsync,
        new NamedPipelines(client).ReadAsync, new DeliveredContent(client).ReadAsync,
    ];

    private delegate IAsyncEnumerable<ReadStep> Part(ProjectPass pass, CancellationToken cancellationToken);

    /// <param name="scope">What to read.</param>
    /// <param name="unexpected">The problem of an answer of another shape than documented.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, Func<Problem> unexpected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Kept.Read(scope.Request.Cursor, CursorJson.Default.DeploymentCursor);
        var projects = await scope.ProjectsAsync(cancellationToken);
        var marks = projects.ToDictionary(p => p.Name, p => last?.Projects.GetValueOrDefault(p.Name) ?? Beginning(), StringComparer.Ordinal);
        var optional = new OptionalRoutes(client, scope.Request.Depth == ReadDepth.Changes ? last?.Missing ?? [] : []);
        var memory = new DeliveryMemory(scope.Request.Depth, setup.Clock.GetUtcNow(), new(client, last?.EnvironmentArea), optional, setup.Pipelines, unexpected);
        foreach (var project in projects)
        {
            var pass = new ProjectPass(client, project, marks[project.Name], memory);
            var isGone = false;
            foreach (var part in _parts)
            {
                await foreach (var step in ReadingEdge.PartAsync(part(pass, cancellationToken), e => ReadingScope.Failure(e, project.Name), unexpected, cancellationToken))
                {
                    isGone |= step is ReadNotice { Problem.Code: ReadingScope.ProjectUnknown };
                    marks[project.Name] = pass.Marks;
                    yield return step is DeliveryPage page ? new SourcePage(page.Records, Cursor(marks, memory)) : step;
                }

                // One word about a project that is gone is enough.
                if (isGone)
                    break;
            }

            var notices = optional.TakeNotices();
            foreach (var notice in notices)
                yield return notice;
            if (notices.Count > 0)
                yield return new SourcePage([], Cursor(marks, memory));
        }
    }

    private DeliveryMarks Beginning()
    {
        DateTimeOffset? since = setup.Options.HistorySince is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
        // What is named already is seen as its runs are read.
        return new() { Builds = since, Releases = since, Named = setup.Pipelines };
    }

    private static string Cursor(IReadOnlyDictionary<string, DeliveryMarks> marks, DeliveryMemory memory) =>
        JsonSerializer.Serialize(new DeploymentCursor(marks, memory.Environments.Area, memory.Optional.Missing), CursorJson.Default.DeploymentCursor);
}
