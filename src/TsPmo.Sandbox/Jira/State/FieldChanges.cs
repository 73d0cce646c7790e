using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Puts one field's new value into an issue and tells the change the way Jira's history tells it.</summary>
internal sealed class FieldChanges(JiraSite site, ProjectActs projects)
{
    private CustomFieldIds Custom => site.Dialect.Fields;

    public void Apply(JiraIssue issue, ItemEdit edit, List<HistoryItem> items)
    {
        switch (edit.Field)
        {
            case ItemField.Title: SetSummary(issue, Text(edit), items); break;
            case ItemField.Type: SetType(issue, TypeOf(issue.Project, Text(edit)), items); break;
            case ItemField.Status: SetStatus(issue, Text(edit), items); break;
            case ItemField.Project: Move(issue, site.GetProject(Text(edit)), items); break;
            case ItemField.Parent: SetParent(issue, edit.Value is string parent ? site.Get(parent) : null, items); break;
            case ItemField.Assignee: SetAssignee(issue, edit.Value is string account ? site.Users.Get(account) : null, items); break;
            case ItemField.Points: SetPoints(issue, (double?)edit.Value, items); break;
            case ItemField.EstimateHours: SetEstimate(issue, Seconds(edit.Value), items); break;
            case ItemField.RemainingHours: SetRemaining(issue, Seconds(edit.Value), items); break;
            case ItemField.Sprints: SetSprints(issue, [.. Texts(edit).Select(projects.Sprint)], items); break;
            case ItemField.Versions: SetVersions(issue, [.. Texts(edit).Select(projects.Version)], items); break;
            case ItemField.PlannedStart: SetStart(issue, (DateOnly?)edit.Value, items); break;
            case ItemField.PlannedFinish: SetDue(issue, (DateOnly?)edit.Value, items); break;
            case ItemField.Priority: SetPriority(issue, edit.Value as string, items); break;
            case ItemField.Labels: SetLabels(issue, Texts(edit), items); break;
            case ItemField.Blocked: SetFlagged(issue, edit.Value is true, items); break;
            case ItemField.Team: throw new NotSupportedException("This Jira has no field for a team.");
            default: throw new ArgumentException($"An issue has no field {edit.Field}.", nameof(edit));
        }
    }

    public static JiraIssueType TypeOf(JiraProject project, string name) =>
        project.Types.Select(t => t.Type).FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Project {project.Key} has no issue type '{name}'.", nameof(name));

    public JiraStatus StatusOf(JiraProject project, string name) =>
        site.Catalogue.Statuses.FirstOrDefault(s => s.Scope == project.Scope && string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"No workflow of this Jira has the status '{name}'.", nameof(name));

    public void SetResolution(JiraIssue issue, string? name, List<HistoryItem> items)
    {
        var next = name is null ? null : site.Catalogue.Resolution(name);
        AddNamed(items, "resolution", Named(issue.Resolution), Named(next));
        issue.Resolution = next;
    }

    public static void SetRemaining(JiraIssue issue, int? seconds, List<HistoryItem> items)
    {
        var (from, to) = (Number(issue.RemainingSeconds), Number(seconds));
        AddNamed(items, "timeestimate", (from, from), (to, to));
        issue.RemainingSeconds = seconds;
    }

    private static void SetEstimate(JiraIssue issue, int? seconds, List<HistoryItem> items)
    {
        var (from, to) = (Number(issue.EstimateSeconds), Number(seconds));
        AddNamed(items, "timeoriginalestimate", (from, from), (to, to));
        issue.EstimateSeconds = seconds;
    }

    private static void SetSummary(JiraIssue issue, string summary, List<HistoryItem> items)
    {
        AddNamed(items, "summary", (null, issue.Summary), (null, summary));
        issue.Summary = summary;
    }

    private static void SetType(JiraIssue issue, JiraIssueType type, List<HistoryItem> items)
    {
        AddNamed(items, "issuetype", (Number(issue.Type.Id), issue.Type.Name), (Number(type.Id), type.Name));
        issue.Type = type;
    }

    private void SetStatus(JiraIssue issue, string name, List<HistoryItem> items)
    {
        var next = StatusOf(issue.Project, name);
        AddNamed(items, "status", (Number(issue.Status.Id), issue.Status.Name), (Number(next.Id), next.Name));
        issue.Status = next;
    }

    private void Move(JiraIssue issue, JiraProject target, List<HistoryItem> items)
    {
        if (issue.Project == target)
            return;
        var (project, key) = (issue.Project, issue.Key);
        site.Rekey(issue, target);
        AddNamed(items, "project", (Number(project.Id), project.Name), (Number(target.Id), target.Name));
        items.Add(new("Key", "issuekey", false, null, key, null, issue.Key));
        if (project.Scope == target.Scope)
            return;
        SetType(issue, TypeOf(target, issue.Type.Name), items);
        SetStatus(issue, issue.Status.Name, items);
    }

    private void SetParent(JiraIssue issue, JiraIssue? parent, List<HistoryItem> items)
    {
        var (field, id, custom) = ParentField(issue);
        Add(items, new(field, id, custom, issue.Parent?.IdText, issue.Parent?.Key, parent?.IdText, parent?.Key));
        issue.Parent?.Children.Remove(issue);
        parent?.Children.Add(issue);
        issue.Parent = parent;
    }

    /// <summary>The cloud tells every parent in one way; Data Center tells a sub-task's parent and an epic link apart.</summary>
    private (string Field, string Id, bool Custom) ParentField(JiraIssue issue)
    {
        if (site.Dialect.IsCloud)
            return ("IssueParentAssociation", "parent", false);
        return issue.Type.IsSubtask ? ("Parent", "parent", false) : ("Epic Link", CustomFieldIds.Name(Custom.EpicLink), true);
    }

    private static void SetAssignee(JiraIssue issue, JiraUser? user, List<HistoryItem> items)
    {
        AddNamed(items, "assignee", (issue.Assignee?.Account, issue.Assignee?.DisplayName), (user?.Account, user?.DisplayName));
        issue.Assignee = user;
    }

    private void SetPoints(JiraIssue issue, double? points, List<HistoryItem> items)
    {
        AddCustom(items, site.Dialect.PointsName, Custom.Points, (null, Number(issue.Points)), (null, Number(points)));
        issue.Points = points;
    }

    private void SetSprints(JiraIssue issue, IReadOnlyList<JiraSprint> sprints, List<HistoryItem> items)
    {
        AddCustom(items, "Sprint", Custom.Sprint, Listed(issue.Sprints), Listed(sprints));
        issue.Sprints = sprints;
    }

    private static (string? Id, string? Text) Listed(IReadOnlyList<JiraSprint> sprints) =>
        (string.Join(", ", sprints.Select(s => Number(s.Id))), string.Join(", ", sprints.Select(s => s.Spec.Name)));

    private static void SetVersions(JiraIssue issue, IReadOnlyList<JiraVersion> versions, List<HistoryItem> items)
    {
        foreach (var gone in issue.FixVersions.Except(versions))
            items.Add(new("Fix Version", "fixVersions", false, Number(gone.Id), gone.Spec.Name, null, null));
        foreach (var added in versions.Except(issue.FixVersions))
            items.Add(new("Fix Version", "fixVersions", false, null, null, Number(added.Id), added.Spec.Name));
        issue.FixVersions = versions;
    }

    private void SetStart(JiraIssue issue, DateOnly? date, List<HistoryItem> items)
    {
        var (from, to) = (Day(issue.StartDate), Day(date));
        AddCustom(items, "Start date", Custom.StartDate, (from, from), (to, to));
        issue.StartDate = date;
    }

    private static void SetDue(JiraIssue issue, DateOnly? date, List<HistoryItem> items)
    {
        var (from, to) = (Day(issue.DueDate), Day(date));
        AddNamed(items, "duedate", (from, from is null ? null : from + " 00:00:00.0"), (to, to is null ? null : to + " 00:00:00.0"));
        issue.DueDate = date;
    }

    private void SetPriority(JiraIssue issue, string? name, List<HistoryItem> items)
    {
        var next = name is null ? null : site.Catalogue.Priority(name);
        AddNamed(items, "priority", Named(issue.Priority), Named(next));
        issue.Priority = next;
    }

    private static void SetLabels(JiraIssue issue, IReadOnlyList<string> labels, List<HistoryItem> items)
    {
        AddNamed(items, "labels", (null, string.Join(' ', issue.Labels)), (null, string.Join(' ', labels)));
        issue.Labels = labels;
    }

    private void SetFlagged(JiraIssue issue, bool flagged, List<HistoryItem> items)
    {
        var option = (Id: $"[{Number(Custom.ImpedimentOption)}]", Text: "Impediment");
        AddCustom(items, "Flagged", Custom.Flagged, issue.Flagged ? option : (null, null), flagged ? option : (null, null));
        issue.Flagged = flagged;
    }

    private static void AddNamed(List<HistoryItem> items, string field, (string? Id, string? Text) from, (string? Id, string? Text) to) =>
        Add(items, new(field, field, false, from.Id, from.Text, to.Id, to.Text));

    private static void AddCustom(List<HistoryItem> items, string field, int number, (string? Id, string? Text) from, (string? Id, string? Text) to) =>
        Add(items, new(field, CustomFieldIds.Name(number), true, from.Id, from.Text, to.Id, to.Text));

    private static void Add(List<HistoryItem> items, HistoryItem item)
    {
        if ((item.From, item.FromText) != (item.To, item.ToText))
            items.Add(item);
    }

    private static (string? Id, string? Text) Named(JiraOption? option) => option is null ? (null, null) : (Number(option.Id), option.Name);

    private static string Text(ItemEdit edit) =>
        edit.Value as string ?? throw new ArgumentException($"{edit.Field} needs a text.", nameof(edit));

    private static IReadOnlyList<string> Texts(ItemEdit edit) => edit.Value as IReadOnlyList<string> ?? [];

    private static int? Seconds(object? hours) => hours is double h ? (int)Math.Round(h * 3600) : null;

    private static string? Number(double? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
