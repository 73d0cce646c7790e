using System.Globalization;
using Microsoft.AspNetCore.Routing;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.Routes;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira;

/// <summary>A stand-in Jira: takes the team's acts and answers HTTP. The two editions share all of it and differ in dialect.</summary>
public abstract class JiraStandIn : IStandIn
{
    private readonly JiraSite _site;
    private readonly ProjectActs _projects;
    private readonly IssueActs _issues;
    private readonly WorkActs _work;
    private readonly LinkActs _links;

    private protected JiraStandIn(JiraDialect dialect, StandInContext context)
    {
        _site = new(dialect, context);
        _projects = new(_site);
        _issues = new(_site, new FieldChanges(_site, _projects));
        _work = new(_site);
        _links = new(_site);
    }

    /// <inheritdoc />
    public string Name => _site.Dialect.Name;

    /// <inheritdoc />
    public string PathBase => _site.Dialect.PathBase;

    /// <summary>How the site is set up; may be changed at any time and is not kept across starts.</summary>
    /// <exception cref="TimeZoneNotFoundException">The profile's zone does not exist.</exception>
    public JiraSwitches Switches
    {
        get => Locked(() => _site.Switches);
        set => Locked(() => _site.Set(value));
    }

    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        var table = new JiraRoutes(routes, _site);
        var fields = new IssueFields(_site.Dialect);
        var search = new SearchRoutes(fields);
        SystemRoutes.Map(table, fields);
        AccessRoutes.Map(table);
        ServiceDeskRoutes.Map(table);
        UserRoutes.Map(table);
        ProjectRoutes.Map(table);
        search.Map(table);
        new IssueRoutes(fields, _issues).Map(table);
        new WorkflowRoutes(fields, _issues).Map(table);
        ChangelogRoutes.Map(table);
        CommentRoutes.Map(table);
        PropertyRoutes.Map(table);
        new RemoteLinkRoutes(_links).Map(table);
        WorklogRoutes.Map(table);
        BoardRoutes.Map(table);
        new BoardIssueRoutes(search).Map(table);
    }

    /// <inheritdoc />
    public string AddPerson(PersonSpec person) => Locked(() => _site.Users.Add(person.DisplayName, person.Email, person.EmailHidden).Account);

    /// <inheritdoc />
    public void RenamePerson(string account, string displayName) => Locked(() => { _site.Users.Get(account).DisplayName = displayName; });

    /// <inheritdoc />
    public void RenameStatus(string from, string to) => Locked(() => _site.Catalogue.RenameStatus(from, to));

    /// <inheritdoc />
    public void ShowItem(DateTimeOffset at, string author, string itemId, bool visible, HidingWay by) =>
        Locked(() => _issues.Show(at, _site.Users.Get(author), _site.Get(itemId), visible, by));

    /// <inheritdoc />
    public void AddProject(ProjectSpec project) => Locked(() => _projects.AddProject(project));

    /// <inheritdoc />
    public string AddSprint(SprintSpec sprint) => Locked(() => _projects.AddSprint(sprint));

    /// <inheritdoc />
    public void ChangeSprint(string sprintId, SprintSpec sprint) => Locked(() => _projects.ChangeSprint(sprintId, sprint));

    /// <inheritdoc />
    public string AddVersion(VersionSpec version) => Locked(() => _projects.AddVersion(version));

    /// <inheritdoc />
    public void ChangeVersion(string versionId, VersionSpec version) => Locked(() => _projects.ChangeVersion(versionId, version));

    /// <inheritdoc />
    public CreatedItem CreateItem(DateTimeOffset at, string author, ItemSpec item) => Locked(() =>
    {
        var issue = _issues.Create(at, _site.Users.Get(author), item);
        return new CreatedItem(issue.IdText, issue.Key);
    });

    /// <inheritdoc />
    public void ChangeItem(DateTimeOffset at, string author, string itemId, IReadOnlyList<ItemEdit> edits) =>
        Locked(() => _issues.Change(at, _site.Users.Get(author), _site.Get(itemId), edits));

    /// <inheritdoc />
    public void DeleteItem(DateTimeOffset at, string author, string itemId) => Locked(() => _issues.Delete(_site.Get(itemId)));

    /// <summary>Not a thing of Jira: always throws <see cref="NotSupportedException"/>.</summary>
    public void RestoreItem(DateTimeOffset at, string author, string itemId) => throw new NotSupportedException("Jira keeps nothing that was deleted.");

    /// <summary>Not a thing of Jira: always throws <see cref="NotSupportedException"/>.</summary>
    public void DestroyItem(DateTimeOffset at, string author, string itemId) => throw new NotSupportedException("Jira keeps nothing that was deleted.");

    /// <inheritdoc />
    public string LogWork(DateTimeOffset at, string author, string itemId, DateTimeOffset started, double hours) => Locked(() =>
    {
        var seconds = (int)Math.Round(hours * 3600);
        return _work.Log(at, _site.Users.Get(author), _site.Get(itemId), started, seconds).Id.ToString(CultureInfo.InvariantCulture);
    });

    /// <inheritdoc />
    public void DeleteWork(DateTimeOffset at, string author, string timeEntryId) => Locked(() =>
        _work.Delete(at, _site.Users.Get(author), _site.Worklogs[int.Parse(timeEntryId, CultureInfo.InvariantCulture)]));

    /// <inheritdoc />
    public void AddLink(DateTimeOffset at, string author, LinkSpec link) => Locked(() => _links.Add(at, _site.Users.Get(author), link));

    /// <inheritdoc />
    public void RemoveLink(DateTimeOffset at, string author, LinkSpec link) => Locked(() => _links.Remove(at, _site.Users.Get(author), link));

    /// <summary>Not a thing of Jira: always throws <see cref="NotSupportedException"/>.</summary>
    public string AddDeployment(DeploymentSpec deployment) =>
        throw new NotSupportedException("Jira has no deployments that can be read; release a version instead.");

    /// <summary>Not a thing of Jira: always throws <see cref="NotSupportedException"/>.</summary>
    public void SetCapacity(CapacitySpec capacity) => throw new NotSupportedException("Jira has no capacities.");

    private T Locked<T>(Func<T> act)
    {
        lock (_site.Gate)
            return act();
    }

    private void Locked(Action act)
    {
        lock (_site.Gate)
            act();
    }
}
