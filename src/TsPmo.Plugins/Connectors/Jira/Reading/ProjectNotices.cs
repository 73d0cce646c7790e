using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Tells once per session that a project is not there; what is hidden looks like what is missing.</summary>
internal static class ProjectNotices
{
    public static ReadNotice? Unknown(JiraClient client, JiraSession session, string project) =>
        session.UnknownProjects.Add(project)
            ? new(new(
                "project-unknown",
                $"Connector '{client.Name}' finds no project '{project}'.",
                $"Check the key in TsPmo:Connectors:{client.Name}:Projects and in the projects' Sources, and that the account may browse the project.") { Scope = project })
            : null;

    /// <summary>The projects that are not known to be missing.</summary>
    public static IReadOnlyList<string> Known(JiraSession session, IReadOnlyList<string> projects) =>
        [.. projects.Where(p => !session.UnknownProjects.Contains(p))];
}
