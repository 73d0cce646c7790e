using System.Collections.Concurrent;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Discovery;

/// <summary>Tells what there is to be configured: projects with teams, environments and stages, states, the fields that efforts are in. Only reads.</summary>
internal sealed class AzureDevOpsDiscovery(ConnectorSetup setup, AzureDevOpsClient client)
{
    public async Task<Model.Contracts.Discovery> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TeamProject> projects;
        try
        {
            client.BeginSignIn();
            projects = await client.ProjectsAsync(cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Problems = [e.Problem] };
        }

        var (surveyed, targets) = (new ConcurrentBag<SurveyedProject>(), new DeploymentTargets(client));
        var limits = new ParallelOptions { MaxDegreeOfParallelism = setup.Options.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(projects, limits, async (project, token) => surveyed.Add(await new ProjectSurvey(client, targets, project).RunAsync(token)));
        var ordered = surveyed.OrderBy(s => s.Found.Key, StringComparer.Ordinal).ToList();
        var problems = ordered.SelectMany(s => s.Problems).DistinctBy(p => (p.Code, p.Message)).ToList();
        if (projects.Count == 0)
            problems.Add(NoProjects());
        var meanings = StatusMeanings.Of(setup.Name, "states", ordered.SelectMany(s => s.States).Select(s => (s.Status, s.State)));
        problems.AddRange(meanings.Problems);
        return new() { Projects = [.. ordered.Select(s => s.Found)], Statuses = meanings.Statuses, PointsFields = EffortFields([.. ordered.SelectMany(s => s.Fields)]), Problems = problems };
    }

    private static List<DiscoveredField> EffortFields(IReadOnlyList<FieldRole> fields) =>
    [
        .. fields.Where(f => f.Role == FieldRole.Roles.Points && f.Rank == 0).GroupBy(f => f.FieldId, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new DiscoveredField(g.Key, g.First().FieldName, $"the effort field of {(g.Count() == 1 ? "1 project" : $"{g.Count()} projects")}")),
    ];

    private Problem NoProjects() => new(
        "no-projects-visible",
        $"Connector '{setup.Name}' is signed in and sees no project.",
        "Give the token's account access to the projects that are to be read, and the token the scope Project and Team (read).");
}
