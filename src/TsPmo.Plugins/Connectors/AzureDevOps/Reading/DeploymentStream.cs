using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Deployments to environments, classic release deployments, pipeline runs with what they brought and how they were tested, and pull requests, project by project.
/// Environments and releases come before the runs: they tell which pipelines deploy, and only of those the content is read.
/// </summary>
internal sealed class DeploymentStream(AzureDevOpsClient client, TimeProvider clock, DateOnly? historySince)
{
    private delegate IAsyncEnumerable<DeliveryPage> Part(ProjectPass pass, CancellationToken cancellationToken);

    /// <param name="scope">What to read.</param>
    /// <param name="unexpected">The problem of an answer of another shape than documented.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, Func<Problem> unexpected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.DeploymentCursor);
        var projects = await scope.ProjectsAsync(cancellationToken);
        var marks = projects.ToDictionary(p => p.Name, p => last?.Projects.GetValueOrDefault(p.Name) ?? Beginning(), StringComparer.Ordinal);
        var optional = new OptionalRoutes(client, scope.Request.Depth == ReadDepth.Changes ? last?.Missing ?? [] : []);
        var memory = new DeliveryMemory(scope.Request.Depth, clock.GetUtcNow(), new(client, last?.EnvironmentArea), optional);
        foreach (var project in projects)
        {
            var pass = new ProjectPass(client, project, marks[project.Name], memory);
            var isGone = false;
            foreach (var part in (Part[])[new EnvironmentReading(client).ReadAsync, new ReleaseReading(client).ReadAsync, new BuildReading(client).ReadAsync, new PullRequestReading(client).ReadAsync])
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
        DateTimeOffset? since = historySince is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
        return new() { Builds = since, Releases = since, PullRequests = since };
    }

    private static string Cursor(IReadOnlyDictionary<string, DeliveryMarks> marks, DeliveryMemory memory) =>
        JsonSerializer.Serialize(new DeploymentCursor(marks, memory.Environments.Area, memory.Optional.Missing), CursorJson.Default.DeploymentCursor);
}
