using TsPmo.Sandbox.Hosting;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>A team's part of a PMO project: one Jira project, or one team's area of an Azure DevOps project.</summary>
/// <param name="Share">Weight of the stream's share of all items.</param>
internal sealed record StreamSetup(TrackerKind Tracker, string Project, string ProjectName, double Share, string? Process = null, string? Team = null)
{
    /// <summary>Where the deployments of the stream's project are recorded: environment, release, or null for none.</summary>
    public string? Deploys { get; init; }

    /// <summary>Whether the project is a team-managed one of Jira Cloud.</summary>
    public bool TeamManaged { get; init; }
}

/// <summary>How a PMO project is to look. Weeks are counted from today: negative is the past.</summary>
/// <param name="Delivered">Share of the stories delivered by today (or by the close).</param>
internal sealed record ProjectSetup(string Key, string Name, string Methodology, int StartWeek, int FinishWeek, double Delivered, decimal Budget, IReadOnlyList<StreamSetup> Streams)
{
    /// <summary>Whether somebody wrote a plan; without one there is no baseline.</summary>
    public bool Planned { get; init; } = true;

    /// <summary>The week in which everything was done or dropped.</summary>
    public int? CloseWeek { get; init; }

    /// <summary>Share of stories without an estimate.</summary>
    public double Unestimated { get; init; } = 0.08;

    /// <summary>Share of stories of the first backlog that carry a due date from the start.</summary>
    public double Dated { get; init; } = 0.15;

    /// <summary>Share of the stories that were known at the start.</summary>
    public double KnownAtStart { get; init; } = 0.6;
}
