using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Deployments under the rules of the projects that bind the tracker's project. Where their rules differ, one that says production is shown.</summary>
internal sealed class DeploymentsExport(PmoStore store) : ExportKind(
    "deployments",
    "connector", "id", "project", "environment", "environmentKind", "pipeline", "source", "reason", "result", "startedAt", "finishedAt", "revision", "url")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        foreach (var connector in scope.Connectors)
        {
            var records = (await context.Deployments.Where(d => d.Connector == connector).ToListAsync(cancellationToken)).ToLookup(d => d.Project, StringComparer.OrdinalIgnoreCase);
            var runs = (await context.PipelineRuns.Where(r => r.Connector == connector).ToListAsync(cancellationToken)).ToLookup(r => r.Project, StringComparer.OrdinalIgnoreCase);
            var versions = (await context.Milestones.Where(m => m.Connector == connector).ToListAsync(cancellationToken)).ToLookup(m => m.Project, StringComparer.OrdinalIgnoreCase);
            var projects = records.Concat<IGrouping<string, object>>(runs).Concat(versions).Select(g => g.Key).Distinct(StringComparer.OrdinalIgnoreCase);
            var all = projects.Where(p => scope.Includes(connector, p)).SelectMany(p => Read(scope, connector, p, [.. records[p]], [.. runs[p]], [.. versions[p]]));
            foreach (var deployment in all.Where(d => IsKnownAt(scope, d)).OrderBy(d => d.Id))
                yield return Row(scope, deployment);
        }
    }

    private static IEnumerable<Deployment> Read(
        ExportScope scope, string connector, string project, List<DeploymentRow> records, List<PipelineRunRow> runs, List<MilestoneRow> versions)
    {
        var rules = (scope.Projects ?? scope.Pmo.Projects.Values).Where(p => p.Sources.Any(s => s.Connector == connector && string.Equals(s.Project, project, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Deployments).DefaultIfEmpty(new DeploymentRules());
        return rules.SelectMany(r => new DeploymentReading(r, scope.Pmo.Calendar).Read(records, runs, versions))
            .GroupBy(d => d.Id).Select(g => g.FirstOrDefault(d => d.IsProduction) ?? g.First());
    }

    private static bool IsKnownAt(ExportScope scope, Deployment deployment) =>
        !scope.IsPast || (deployment.StartedAt ?? deployment.FinishedAt ?? DateTimeOffset.MaxValue) <= scope.Now;

    private static object?[] Row(ExportScope scope, Deployment deployment)
    {
        var isRunning = scope.IsPast && deployment.FinishedAt > scope.Now;
        return
        [
            deployment.Id.Connector, deployment.Id.Id, deployment.Project, deployment.Environment, deployment.IsProduction ? "production" : "other", Filled(deployment.Pipeline),
            Spelled(deployment.Source), deployment.Reason, Spelled(isRunning ? DeploymentResult.Running : deployment.Result), deployment.StartedAt,
            isRunning ? null : deployment.FinishedAt, Filled(deployment.Revision), Filled(deployment.Url),
        ];
    }
}
