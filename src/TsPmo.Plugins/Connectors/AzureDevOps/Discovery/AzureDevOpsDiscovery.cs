using System.Collections.Concurrent;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
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

        var surveyed = new ConcurrentBag<SurveyedProject>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = setup.Options.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(projects, limits, async (project, token) => surveyed.Add(await new ProjectSurvey(client, project).RunAsync(token)));
        var ordered = surveyed.OrderBy(s => s.Found.Key, StringComparer.Ordinal).ToList();
        var problems = ordered.SelectMany(s => s.Problems).DistinctBy(p => (p.Code, p.Message)).ToList();
        if (projects.Count == 0)
            problems.Add(NoProjects());
        var statuses = Statuses([.. ordered.SelectMany(s => s.States)], problems);
        return new() { Projects = [.. ordered.Select(s => s.Found)], Statuses = statuses, PointsFields = EffortFields([.. ordered.SelectMany(s => s.Fields)]), Problems = problems };
    }

    /// <summary>Types and processes may give one name different categories: the commonest is told, and that there are others.</summary>
    private List<DiscoveredStatus> Statuses(IReadOnlyList<StateDefinition> states, List<Problem> problems)
    {
        var found = new List<DiscoveredStatus>();
        foreach (var name in states.GroupBy(s => s.Status, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var meanings = name.GroupBy(s => s.State).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).ToList();
            found.Add(new(name.First().Status, meanings[0]));
            if (meanings.Count > 1)
                problems.Add(Ambiguous(name.First().Status, meanings));
        }

        return found;
    }

    private static List<DiscoveredField> EffortFields(IReadOnlyList<FieldRole> fields) =>
    [
        .. fields.Where(f => f.Role == FieldRole.Roles.Points && f.Rank == 0).GroupBy(f => f.FieldId, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new DiscoveredField(g.Key, g.First().FieldName, $"the effort field of {(g.Count() == 1 ? "1 project" : $"{g.Count()} projects")}")),
    ];

    private Problem Ambiguous(string status, IReadOnlyList<State> states) => new(
        "status-ambiguous",
        $"Several states are called '{status}', and they mean {string.Join(" and ", states)}.",
        $"Leave it out of TsPmo:Connectors:{setup.Name}:Mapping:States, so that each keeps its own meaning, or map it if it should mean the same everywhere.") { Scope = status };

    private Problem NoProjects() => new(
        "no-projects-visible",
        $"Connector '{setup.Name}' is signed in and sees no project.",
        "Give the token's account access to the projects that are to be read, and the token the scope Project and Team (read).");
}
