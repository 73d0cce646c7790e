using System.Runtime.CompilerServices;
using TsPmo.Engine.History.Deployments;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>
/// Deployments, judged by project over all its sources as history judges them. Where several projects bind one tracker's project, one that says production is
/// shown; a tracker's project that none binds is judged by the default rules.
/// </summary>
internal sealed class DeploymentsExport(ProjectDeployments deliveries) : ExportKind(
    "deployments",
    "connector", "id", "project", "environment", "environmentKind", "pipeline", "source", "reason", "result", "startedAt", "finishedAt", "revision", "url")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string> connectors = [.. scope.Connectors, ReportedRows.Connector];
        var shown = new Dictionary<SourceId, Deployment>();
        foreach (var (rules, sources) in await ScopesAsync(scope, connectors, cancellationToken))
        {
            var found = new DeploymentReading(rules, scope.Pmo.Calendar).Read(await deliveries.OfAsync(sources, cancellationToken));
            foreach (var deployment in found.Where(d => connectors.Contains(d.Id.Connector, StringComparer.Ordinal)))
            {
                if (!shown.TryGetValue(deployment.Id, out var other) || (deployment.IsProduction && !other.IsProduction))
                    shown[deployment.Id] = deployment;
            }
        }

        foreach (var deployment in shown.Values.Where(d => IsKnownAt(scope, d)).OrderBy(d => d.Id))
            yield return Row(scope, deployment);
    }

    /// <summary>What is judged together, and by which rules: the projects by key, then each tracker's project that none of them binds.</summary>
    private async Task<List<(DeploymentRules Rules, List<(string Connector, string Project)> Sources)>> ScopesAsync(
        ExportScope scope, IReadOnlyList<string> connectors, CancellationToken cancellationToken)
    {
        var scopes = (scope.Projects ?? scope.Pmo.Projects.Values).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => (p.Deployments, ProjectDeployments.SourcesOf(p).ToList())).ToList();
        if (scope.Projects is not null)
            return scopes;
        foreach (var connector in connectors)
        {
            var bound = scopes.SelectMany(s => s.Item2).Where(s => s.Connector == connector).Select(s => s.Project).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var project in (await deliveries.KnownAsync(connector, cancellationToken)).Where(p => !bound.Contains(p)))
                scopes.Add((new DeploymentRules(), [(connector, project)]));
        }

        return scopes;
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
