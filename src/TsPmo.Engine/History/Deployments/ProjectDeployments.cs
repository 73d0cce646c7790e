using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Delivery;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.History.Deployments;

/// <summary>Reads what is stored about the deliveries of a project's sources; history and exports ask here, so that both judge the same.</summary>
internal sealed class ProjectDeployments(PmoStore store)
{
    /// <summary>The rows of all sources of a project; memory is bounded by the project.</summary>
    public Task<DeliveryRows> OfAsync(ProjectDefinition project, CancellationToken cancellationToken) =>
        OfAsync(SourcesOf(project), cancellationToken);

    /// <summary>The rows of some of the trackers' projects, in the order of connectors.</summary>
    public async Task<DeliveryRows> OfAsync(IEnumerable<(string Connector, string Project)> sources, CancellationToken cancellationToken)
    {
        var all = new DeliveryRows([], [], []);
        await using var context = store.Read();
        foreach (var (connector, projects) in ByConnector(sources))
        {
            all = new(
                [.. all.Records, .. await RecordsAsync(context, connector, projects, cancellationToken)],
                [.. all.Runs, .. await NamedRows.ReadAsync(context.PipelineRuns.Where(r => r.Connector == connector), r => r.Project, projects, cancellationToken)],
                [.. all.Versions, .. await NamedRows.ReadAsync(context.Milestones.Where(m => m.Connector == connector), m => m.Project, projects, cancellationToken)]);
        }

        return all;
    }

    /// <summary>What is stored about the content and the quality of a project's runs; memory is bounded by the project.</summary>
    public async Task<DeliveryTrace> TraceAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        var all = new DeliveryTrace([], [], [], []);
        await using var context = store.Read();
        foreach (var (connector, projects) in ByConnector(SourcesOf(project)))
        {
            all = new(
                [.. all.Changes, .. await NamedRows.ReadAsync(context.RunChanges.Where(c => c.Connector == connector), c => c.Project, projects, cancellationToken)],
                [.. all.Quality, .. await NamedRows.ReadAsync(context.RunQuality.Where(q => q.Connector == connector), q => q.Project, projects, cancellationToken)],
                [.. all.PullRequests, .. await NamedRows.ReadAsync(context.PullRequests.Where(p => p.Connector == connector), p => p.Project, projects, cancellationToken)],
                [.. all.Links, .. await LinksAsync(context, connector, projects, cancellationToken)]);
        }

        return all;
    }

    /// <summary>Every project of a tracker that deliveries are known of, ordinal order.</summary>
    public async Task<IReadOnlyList<string>> KnownAsync(string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var found = await context.Deployments.Where(d => d.Connector == connector).Select(d => d.Project)
            .Union(context.DeploymentJobs.Where(j => j.Connector == connector).Select(j => j.Project))
            .Union(context.PipelineRuns.Where(r => r.Connector == connector).Select(r => r.Project))
            .Union(context.Milestones.Where(m => m.Connector == connector).Select(m => m.Project))
            .ToListAsync(cancellationToken);
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }

    /// <summary>Where deliveries of a project are told of: in the trackers' projects that it binds, and among what is reported.</summary>
    public static IEnumerable<(string Connector, string Project)> SourcesOf(ProjectDefinition project) =>
        project.Sources.Select(s => (s.Connector, s.Project)).Concat(ReportedRows.ProjectsOf(project).Select(name => (ReportedRows.Connector, name)));

    private static IEnumerable<(string Connector, List<string> Projects)> ByConnector(IEnumerable<(string Connector, string Project)> sources) =>
        sources.GroupBy(s => s.Connector, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Select(s => s.Project).Distinct(StringComparer.OrdinalIgnoreCase).ToList()));

    private static async Task<IEnumerable<DeploymentRow>> RecordsAsync(PmoContext context, string connector, List<string> projects, CancellationToken cancellationToken)
    {
        var jobs = await NamedRows.ReadAsync(context.DeploymentJobs.Where(j => j.Connector == connector), j => j.Project, projects, cancellationToken);
        var records = await NamedRows.ReadAsync(context.Deployments.Where(d => d.Connector == connector), d => d.Project, projects, cancellationToken);
        var told = jobs.Select(j => j.DeploymentId).ToHashSet(StringComparer.Ordinal);
        return [.. records.Where(r => !told.Contains(r.Id)), .. StageCollapse.Deployments(jobs)];
    }

    private static async Task<List<LinkRow>> LinksAsync(PmoContext context, string connector, List<string> projects, CancellationToken cancellationToken)
    {
        var items = await NamedRows.ReadAsync(context.ItemProjects.Where(p => p.Connector == connector), p => p.Project, projects, cancellationToken);
        var ids = items.Select(p => p.ItemKey).ToHashSet();
        var links = await context.Links.Where(l => l.Connector == connector && l.Group == DeliveryAddress.Group)
            .Join(context.Items, l => new { l.Connector, Id = l.ItemId }, i => new { i.Connector, i.Id }, (Link, item) => new { Link, item.ItemKey }).ToListAsync(cancellationToken);
        return [.. links.Where(l => ids.Contains(l.ItemKey)).Select(l => l.Link)];
    }
}
