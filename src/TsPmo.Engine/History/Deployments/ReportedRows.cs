using TsPmo.Model.Governance;

namespace TsPmo.Engine.History.Deployments;

/// <summary>How what other systems report stands among what trackers tell: under a connector of its own, whose name no configured one may have.</summary>
public static class ReportedRows
{
    /// <summary>The name of that connector.</summary>
    public const string Connector = "reported";

    /// <summary>The projects under which rows of a project are reported: its key, and every project of a tracker that it binds.</summary>
    public static IEnumerable<string> ProjectsOf(ProjectDefinition project) =>
        project.Sources.Select(s => s.Project).Append(project.Key).Distinct(StringComparer.OrdinalIgnoreCase);
}
