namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A team project with its process, types, trees and teams.</summary>
internal sealed class TeamProject(string name, string description, ProcessTemplate process, IReadOnlyList<WorkItemTypeDefinition> types, ClassificationNode areas, ClassificationNode iterations)
{
    public Guid Id { get; } = StableGuid.Of("project", name);

    public string Name { get; } = name;

    public string Description { get; } = description;

    public ProcessTemplate Process { get; } = process;

    public IReadOnlyList<WorkItemTypeDefinition> Types { get; } = types;

    public ClassificationNode Areas { get; } = areas;

    public ClassificationNode Iterations { get; } = iterations;

    public List<Team> Teams { get; } = [];

    /// <summary>Pages of the project's wiki by path.</summary>
    public SortedDictionary<string, WikiPage> Wiki { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The team meant where an address names none.</summary>
    public Team DefaultTeam => Teams[0];

    public WorkItemTypeDefinition? Type(string typeName) => Types.FirstOrDefault(type => type.Name.Equals(typeName, StringComparison.OrdinalIgnoreCase));

    public Team? Team(string idOrName) =>
        Teams.FirstOrDefault(team => team.Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || team.Id.ToString().Equals(idOrName, StringComparison.OrdinalIgnoreCase));

    public bool Is(string idOrName) =>
        Name.Equals(idOrName, StringComparison.OrdinalIgnoreCase) || Id.ToString().Equals(idOrName, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A page of a wiki. Its version goes by its text.</summary>
internal sealed record WikiPage(int Id, string Path, string Content)
{
    public string ETag => $"\"{StableGuid.Of("page", $"{Id}:{Content}"):N}\"";
}

/// <summary>A team: the area it owns, the iterations it selected, its capacities.</summary>
internal sealed class Team(string project, string name, ClassificationNode area)
{
    public Guid Id { get; } = StableGuid.Of("team", $@"{project}\{name}");

    public string Name { get; } = name;

    public ClassificationNode Area { get; } = area;

    public List<ClassificationNode> Iterations { get; } = [];

    /// <summary>What the team stated for an iteration, by the iteration's identifier.</summary>
    public Dictionary<Guid, TeamCapacity> Capacities { get; } = [];

    public SortedDictionary<string, Identity> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>A team's capacity in one iteration.</summary>
internal sealed record TeamCapacity(IReadOnlyList<MemberCapacity> Members, IReadOnlyList<World.DateRange> DaysOff);

internal sealed record MemberCapacity(Identity Member, IReadOnlyList<(string Activity, double HoursPerDay)> Activities, IReadOnlyList<World.DateRange> DaysOff);
