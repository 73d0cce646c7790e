using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Acts on what surrounds issues: projects with their board, sprints and versions. None of them leaves a history.</summary>
internal sealed class ProjectActs(JiraSite site)
{
    public void AddProject(ProjectSpec spec)
    {
        var project = new JiraProject(site.NextId("project", 10000), spec.Key, spec.Name, spec.Style, spec.TeamManaged)
        {
            Board = new JiraBoard(site.NextId("board", 1)),
        };
        foreach (var type in spec.Types)
            project.Types.Add((site.Catalogue.Type(type.Name, type.Kind, project.Scope), [.. type.Workflow.Select(s => site.Catalogue.Status(s.Name, s.State, project.Scope))]));
        site.Projects.Add(spec.Key, project);
    }

    public string AddSprint(SprintSpec spec)
    {
        var project = site.GetProject(spec.Project);
        if (!project.HasSprints)
            throw new ArgumentException($"The board of {spec.Project} has no sprints.", nameof(spec));
        var created = site.LastAct ?? spec.Start?.AddDays(-14) ?? site.Now;
        var sprint = new JiraSprint(site.NextId("sprint", 1), project, created, spec);
        site.Sprints.Add(sprint.Id, sprint);
        project.Board.Sprints.Add(sprint);
        return sprint.Id.ToString(CultureInfo.InvariantCulture);
    }

    public void ChangeSprint(string id, SprintSpec spec) => Sprint(id).Spec = spec;

    public string AddVersion(VersionSpec spec)
    {
        var project = site.GetProject(spec.Project);
        var version = new JiraVersion(site.NextId("version", 10000), project, spec);
        site.Versions.Add(version.Id, version);
        project.Versions.Add(version);
        return version.Id.ToString(CultureInfo.InvariantCulture);
    }

    public void ChangeVersion(string id, VersionSpec spec) => Version(id).Spec = spec;

    public JiraSprint Sprint(string id) => Numbered(site.Sprints, id, "sprint");

    public JiraVersion Version(string id) => Numbered(site.Versions, id, "version");

    private static T Numbered<T>(SortedDictionary<int, T> items, string id, string what) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && items.TryGetValue(number, out var item)
            ? item
            : throw new ArgumentException($"There is no {what} {id}.", nameof(id));
}
