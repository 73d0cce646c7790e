using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Projects, iterations and capacities.</summary>
internal static class Planning
{
    /// <summary>Adds a project: the template's types, those of the specification in their place or beside them, and its teams.</summary>
    public static void AddProject(AzureDevOpsOrganisation organisation, ProjectSpec spec)
    {
        var process = ProcessTemplate.Of(spec.Process);
        var areas = organisation.NewNode(spec.Key, spec.Key, "area", null);
        var iterations = organisation.NewNode(spec.Key, spec.Key, "iteration", null);
        var project = new TeamProject(spec.Key, spec.Name, process, Types(process, spec.Types), areas, iterations);
        organisation.Projects.Add(project);
        if (spec.Teams is not { Count: > 0 } teams)
            project.Teams.Add(new Team(spec.Key, spec.Key + " Team", areas));
        else
            project.Teams.AddRange(teams.Select(team => new Team(spec.Key, team, organisation.NewNode(spec.Key, team, "area", areas))));
    }

    public static string AddSprint(AzureDevOpsOrganisation organisation, SprintSpec spec)
    {
        var project = organisation.Project(spec.Project);
        var node = organisation.NewNode(project.Name, spec.Name, "iteration", project.Iterations);
        Apply(project, node, spec);
        return node.Identifier.ToString();
    }

    public static void ChangeSprint(AzureDevOpsOrganisation organisation, string sprintId, SprintSpec spec)
    {
        var node = organisation.Node(Guid.Parse(sprintId)) ?? throw new ArgumentException($"There is no iteration {sprintId}.", nameof(sprintId));
        node.Name = spec.Name;
        Apply(organisation.Project(spec.Project), node, spec);
    }

    public static void SetCapacity(AzureDevOpsOrganisation organisation, CapacitySpec spec)
    {
        var team = organisation.Project(spec.Project).Team(spec.Team) ?? throw new ArgumentException($"Project {spec.Project} has no team \"{spec.Team}\".");
        var members = spec.Rows.Select(row => new MemberCapacity(organisation.Person(row.Account), row.Activities, row.DaysOff)).ToList();
        foreach (var member in members)
            team.Members[member.Member.UniqueName] = member.Member;
        team.Capacities[Guid.Parse(spec.SprintId)] = new TeamCapacity(members, spec.TeamDaysOff);
    }

    private static void Apply(TeamProject project, ClassificationNode node, SprintSpec spec)
    {
        (node.Start, node.Finish) = (spec.Start, spec.End);
        foreach (var team in project.Teams)
        {
            team.Iterations.Remove(node);
            if (spec.Teams is null || spec.Teams.Contains(team.Name, StringComparer.OrdinalIgnoreCase))
                team.Iterations.Add(node);
        }
    }

    private static List<WorkItemTypeDefinition> Types(ProcessTemplate process, IReadOnlyList<TypeSpec> given)
    {
        var own = given.Select(type => new WorkItemTypeDefinition(type.Name, type.Kind, [.. type.Workflow.Select(State)])).ToList();
        return [.. process.Types.Where(type => !own.Exists(mine => mine.Name.Equals(type.Name, StringComparison.OrdinalIgnoreCase))), .. own];
    }

    private static StateDefinition State(StatusSpec status) => new(status.Name, status switch
    {
        { Name: "Resolved" } => "Resolved",
        { State: TruthState.ToDo } => "Proposed",
        { State: TruthState.Done } => "Completed",
        { State: TruthState.Removed } => "Removed",
        _ => "InProgress",
    });
}
