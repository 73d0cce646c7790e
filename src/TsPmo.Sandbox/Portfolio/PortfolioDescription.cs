namespace TsPmo.Sandbox.Portfolio;

/// <summary>What the PMO governs in the sandbox, in words that belong to no tool's configuration.</summary>
public sealed record PortfolioDescription(IReadOnlyList<GovernedProject> Projects);

/// <summary>A project of the PMO and where it lives.</summary>
/// <param name="Methodology">Scrum, Kanban, Waterfall or Hybrid.</param>
/// <param name="PlanStart">First day of the plan, or null where nobody wrote one.</param>
/// <param name="PlanFinish">Last day of the plan, inclusive.</param>
/// <param name="BaselineAt">The instant the plan was frozen, or null where it never was.</param>
/// <param name="Budget">In <paramref name="Currency"/>.</param>
public sealed record GovernedProject(
    string Key,
    string Name,
    string Methodology,
    string Sponsor,
    string Manager,
    DateOnly? PlanStart,
    DateOnly? PlanFinish,
    DateTimeOffset? BaselineAt,
    decimal? Budget,
    string Currency,
    IReadOnlyList<SourceScope> Sources,
    IReadOnlyList<PublicationPlace> Publications,
    DeploymentRules Deployments);

/// <summary>A part of a tracker that belongs to a project; in Azure DevOps narrowed to a team's area path.</summary>
public sealed record SourceScope(string Name, string Tracker, string Project, string? AreaPath, string? Team);

/// <summary>A place where a project's status is said.</summary>
/// <param name="Target">Comment, Property or Fields.</param>
/// <param name="Anchor">Key (Jira) or id (Azure DevOps) of the item it hangs on.</param>
/// <param name="Fields">For Fields: the tracker's field and the template of its value.</param>
public sealed record PublicationPlace(string Name, string Tracker, string Target, string Anchor, IReadOnlyDictionary<string, string> Fields);

/// <summary>Which deployments count.</summary>
/// <param name="Production">Regular expressions of production environments.</param>
/// <param name="Pipelines">Pipelines whose builds count.</param>
/// <param name="Versions">Whether a released version counts as one.</param>
public sealed record DeploymentRules(IReadOnlyList<string> Production, IReadOnlyList<string> Pipelines, bool Versions);
