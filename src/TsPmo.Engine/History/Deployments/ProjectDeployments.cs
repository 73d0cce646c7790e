using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Reads what is stored about the deliveries of a project's sources; history and exports ask here, so that both judge the same.</summary>
internal sealed class ProjectDeployments(PmoStore store)
{
    /// <summary>The rows of all sources of a project; memory is bounded by the project.</summary>
    public Task<DeliveryRows> OfAsync(ProjectDefinition project, CancellationToken cancellationToken) =>
        OfAsync(project.Sources.Select(s => (s.Connector, s.Project)), cancellationToken);

    /// <summary>The rows of some of the trackers' projects, in the order of connectors.</summary>
    public async Task<DeliveryRows> OfAsync(IEnumerable<(string Connector, string Project)> sources, CancellationToken cancellationToken)
    {
        var all = new DeliveryRows([], [], []);
        await using var context = store.Read();
        foreach (var group in sources.GroupBy(s => s.Connector, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (connector, projects) = (group.Key, group.Select(s => s.Project).Distinct(StringComparer.OrdinalIgnoreCase).ToList());
            all = new(
                [.. all.Records, .. await NamedAsync(context.Deployments.Where(d => d.Connector == connector), d => d.Project, projects, cancellationToken)],
                [.. all.Runs, .. await NamedAsync(context.PipelineRuns.Where(r => r.Connector == connector), r => r.Project, projects, cancellationToken)],
                [.. all.Versions, .. await NamedAsync(context.Milestones.Where(m => m.Connector == connector), m => m.Project, projects, cancellationToken)]);
        }

        return all;
    }

    /// <summary>Every project of a tracker that deliveries are known of, ordinal order.</summary>
    public async Task<IReadOnlyList<string>> KnownAsync(string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var found = await context.Deployments.Where(d => d.Connector == connector).Select(d => d.Project)
            .Union(context.PipelineRuns.Where(r => r.Connector == connector).Select(r => r.Project))
            .Union(context.Milestones.Where(m => m.Connector == connector).Select(m => m.Project))
            .ToListAsync(cancellationToken);
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows of some projects, whose names compare without case, which databases do not do alike.</summary>
    private static async Task<List<TRow>> NamedAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, string>> project, List<string> projects, CancellationToken cancellationToken)
    {
        var known = await rows.Select(project).Distinct().ToListAsync(cancellationToken);
        var named = known.Where(name => projects.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var isNamed = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Constant(named), project.Body);
        return await rows.Where(Expression.Lambda<Func<TRow, bool>>(isNamed, project.Parameters)).ToListAsync(cancellationToken);
    }
}
