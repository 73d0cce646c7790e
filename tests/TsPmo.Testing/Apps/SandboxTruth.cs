using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Testing.Truth;

namespace TsPmo.Testing.Apps;

/// <summary>What the truth reader must know of a running sandbox besides its log.</summary>
public static class SandboxTruth
{
    public static TruthSettings Settings(SandboxServer sandbox, DateTimeOffset now) => new()
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"),
        Now = now,
        BaseUrls = sandbox.Trackers.ToDictionary(t => t.Name, t => t.BaseUrl, StringComparer.Ordinal),
        ActivationTrackers = sandbox.Trackers.Where(t => t.Kind == TrackerKind.JiraDataCenter).Select(t => t.Name).ToHashSet(StringComparer.Ordinal),
        ChangelogTrackers = sandbox.Trackers.Where(t => t.Kind != TrackerKind.AzureDevOps).Select(t => t.Name).ToHashSet(StringComparer.Ordinal),
        FrankTrackers = sandbox.Trackers.Where(t => t.Kind == TrackerKind.JiraDataCenter).Select(t => t.Name).ToHashSet(StringComparer.Ordinal),
        PortfolioProjects = (tracker, project, team) =>
            [.. sandbox.Portfolio.Projects
                .Where(p => p.Sources.Any(s => s.Tracker == tracker && s.Project == project && (s.AreaPath is null || s.Team == team)))
                .Select(p => p.Key).Order(StringComparer.Ordinal)],
    };
}
