namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>Pipelines, runs, environments and classic releases of all projects.</summary>
internal sealed class DeliveryBook
{
    private readonly Dictionary<(PipelineDefinition, string), PipelineRun> _firstOfRevision = [];
    private readonly Dictionary<(TeamProject, string), CompletedPullRequest> _requests = [];
    private readonly List<PipelineRun> _runs = [];
    private int _lastDefinition, _lastRelease, _lastReleaseEnvironment;

    public List<PipelineDefinition> Definitions { get; } = [];

    /// <summary>In the order in which they were made; ids count from 1.</summary>
    public IReadOnlyList<PipelineRun> Runs => _runs;

    public List<DeploymentEnvironment> Environments { get; } = [];

    /// <summary>In the order in which the records were made; ids rise.</summary>
    public List<EnvironmentRecord> Records { get; } = [];

    public List<ReleaseDeployment> Deployments { get; } = [];

    /// <summary>Completed pull requests in the order in which they were completed; ids rise.</summary>
    public List<CompletedPullRequest> PullRequests { get; } = [];

    /// <summary>The pull request behind a revision, made at its first mention.</summary>
    public CompletedPullRequest PullRequest(TeamProject project, World.ChangeSpec change)
    {
        if (!_requests.TryGetValue((project, change.Revision), out var known))
            PullRequests.Add(_requests[(project, change.Revision)] = known = new CompletedPullRequest(PullRequests.Count + 1, project, change));
        return known;
    }

    /// <summary>What a run brought: its revision's change, if no earlier run of the same pipeline built it.</summary>
    public World.ChangeSpec? Brought(PipelineRun run) => _firstOfRevision[(run.Definition, run.Revision)].Id == run.Id ? run.Request.Change : null;

    public void Add(PipelineRun run)
    {
        _runs.Add(run);
        _firstOfRevision.TryAdd((run.Definition, run.Revision), run);
    }

    public PipelineRun? Run(TeamProject project, int id) => id > 0 && id <= _runs.Count && _runs[id - 1] is var run && run.Project == project ? run : null;

    /// <summary>The build or release definition of that name, made at its first mention.</summary>
    public PipelineDefinition Definition(TeamProject project, string name, bool isRelease)
    {
        var known = Definitions.Find(definition => definition.Project == project && definition.Name == name && definition.IsRelease == isRelease);
        if (known is null)
            Definitions.Add(known = new PipelineDefinition(++_lastDefinition, project, name, isRelease));
        return known;
    }

    public DeploymentEnvironment Environment(TeamProject project, string name, DateTimeOffset createdAt)
    {
        var known = Environments.Find(environment => environment.Project == project && environment.Name == name);
        if (known is null)
            Environments.Add(known = new DeploymentEnvironment(Environments.Count + 1, project, name, createdAt));
        return known;
    }

    public int NextRelease() => ++_lastRelease;

    public int NextReleaseEnvironment() => ++_lastReleaseEnvironment;
}

internal sealed record PipelineDefinition(int Id, TeamProject Project, string Name, bool IsRelease);

/// <summary>A run of a YAML pipeline. Result is succeeded, failed, canceled, partiallySucceeded, or null while it runs.</summary>
internal sealed record PipelineRun(
    int Id, PipelineDefinition Definition, CompletedPullRequest Request, DateTimeOffset QueuedAt, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Result)
{
    public string Revision => Request.Change.Revision;

    public TeamProject Project => Definition.Project;

    public Guid PlanId => StableGuid.Of("plan", Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public string Number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{StartedAt:yyyyMMdd}.{Id}");
}

internal sealed record DeploymentEnvironment(int Id, TeamProject Project, string Name, DateTimeOffset CreatedAt);

/// <summary>One attempt of one stage of a run against an environment.</summary>
internal sealed record EnvironmentRecord(
    int Id, DeploymentEnvironment Environment, PipelineRun Run, string StageName, int Attempt, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Result);

/// <summary>One attempt of a classic release to deploy to one of its environments.</summary>
internal sealed record ReleaseDeployment(
    int Id, int ReleaseId, PipelineDefinition Definition, int EnvironmentId, string EnvironmentName, PipelineRun Artifact, int Attempt,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Status, string OperationStatus)
{
    public TeamProject Project => Definition.Project;

    public DateTimeOffset ModifiedAt => FinishedAt ?? StartedAt;
}

/// <summary>A pull request that was merged into the main branch of the project's one repository.</summary>
internal sealed record CompletedPullRequest(int Id, TeamProject Project, World.ChangeSpec Change);
