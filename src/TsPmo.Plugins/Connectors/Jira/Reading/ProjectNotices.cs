using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Tells once per session that a project is not there, or not under its key; what is hidden looks like what is missing.</summary>
internal static class ProjectNotices
{
    public static ReadNotice? Unknown(JiraClient client, JiraSession session, string project) =>
        session.UnknownProjects.Add(project)
            ? new(new(
                "project-unknown",
                $"Connector '{client.Name}' finds no project '{project}'.",
                $"Check the key in TsPmo:Connectors:{client.Name}:Projects and in the projects' Sources, and that the account may browse the project.") { Scope = project })
            : null;

    /// <summary>Jira goes on finding a project by a key that it had before, but its issues bear the new one.</summary>
    /// <param name="client">The connector.</param>
    /// <param name="session">The session.</param>
    /// <param name="project">The key it was asked for by.</param>
    /// <param name="shown">The project as it tells of itself.</param>
    public static ReadNotice? Renamed(JiraClient client, JiraSession session, string project, JsonElement shown) =>
        shown.Text("key") is { } key && !key.Equals(project, StringComparison.OrdinalIgnoreCase) && session.RenamedProjects.Add(project)
            ? new(new(
                "project-renamed",
                $"Project '{project}' of connector '{client.Name}' has the key '{key}' now; its issues count for '{key}' and no longer for '{project}'.",
                $"Write '{key}' in place of '{project}' in TsPmo:Connectors:{client.Name}:Projects and in the projects' Sources.") { Scope = project })
            : null;

    /// <summary>The projects that are not known to be missing.</summary>
    public static IReadOnlyList<string> Known(JiraSession session, IReadOnlyList<string> projects) =>
        [.. projects.Where(p => !session.UnknownProjects.Contains(p))];
}
