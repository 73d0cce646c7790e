using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>Creating, changing and deleting issues, with Jira's own rule that a resolution comes and goes with a done status.</summary>
internal sealed class IssueActs(JiraSite site, FieldChanges fields)
{
    public JiraIssue Create(DateTimeOffset at, JiraUser author, ItemSpec item)
    {
        var project = site.GetProject(item.Project);
        var issue = new JiraIssue(site.NextId("issue", site.Dialect.FirstIssueId), project, author, at)
        {
            Type = FieldChanges.TypeOf(project, item.Type),
            Status = fields.StatusOf(project, item.Status),
            Reporter = item.Reporter is { } reporter ? site.Users.Get(reporter) : author,
        };
        site.Add(issue);
        Apply(issue, at, Values(item));
        site.Touch(issue, at);
        return issue;
    }

    /// <summary>Gives an issue just created the values it was created with, which no history tells.</summary>
    public void Fill(DateTimeOffset at, JiraIssue issue, IReadOnlyList<ItemEdit> edits) => Apply(issue, at, edits);

    public void Change(DateTimeOffset at, JiraUser author, JiraIssue issue, IReadOnlyList<ItemEdit> edits) =>
        site.Record(issue, author, at, Apply(issue, at, edits));

    /// <summary>Hides an issue or shows it again. Setting a security level is an edit; taking a permission away is none.</summary>
    public void Show(DateTimeOffset at, JiraUser author, JiraIssue issue, bool visible, HidingWay by)
    {
        issue.Hidden = !visible;
        if (by != HidingWay.SecurityLevel)
            return;
        const string level = "10100", name = "Board members only";
        site.Record(issue, author, at, [visible ? new("security", "security", false, level, name, null, null) : new("security", "security", false, null, null, level, name)]);
    }

    public void Delete(JiraIssue issue)
    {
        foreach (var link in issue.Links.ToList())
        {
            link.Source.Links.Remove(link);
            link.Destination.Links.Remove(link);
            site.Links.Remove(link.Id);
        }
        foreach (var child in issue.Children)
            child.Parent = null;
        issue.Parent?.Children.Remove(issue);
        foreach (var worklog in issue.Worklogs)
            site.Worklogs.Remove(worklog.Id);
        foreach (var comment in issue.Comments)
            site.Comments.Remove(comment.Id);
        site.Remove(issue);
    }

    private List<HistoryItem> Apply(JiraIssue issue, DateTimeOffset at, IReadOnlyList<ItemEdit> edits)
    {
        var items = new List<HistoryItem>();
        var wasDone = issue.Resolution is not null || issue.Status.State == TruthState.Done;
        var category = issue.Status.State;
        foreach (var edit in edits)
        {
            if (edit.Field != ItemField.Resolution)
                fields.Apply(issue, edit, items);
        }
        if (issue.Status.State != category)
            issue.StatusCategoryChanged = at;
        Resolve(issue, at, edits, wasDone, items);
        return items;
    }

    private void Resolve(JiraIssue issue, DateTimeOffset at, IReadOnlyList<ItemEdit> edits, bool wasDone, List<HistoryItem> items)
    {
        var isDone = issue.Status.State is TruthState.Done or TruthState.Removed;
        var named = edits.LastOrDefault(e => e.Field == ItemField.Resolution)?.Value as string;
        var wanted = named ?? (isDone ? issue.Resolution?.Name ?? "Done" : null);
        if (named is null && !isDone && !wasDone)
            return;
        var before = issue.Resolution;
        fields.SetResolution(issue, wanted, items);
        if (issue.Resolution != before)
            issue.ResolutionDate = issue.Resolution is null ? null : at;
    }

    private static List<ItemEdit> Values(ItemSpec item)
    {
        return
        [
            new(ItemField.Title, item.Title), new(ItemField.Status, item.Status), new(ItemField.Resolution, item.Resolution),
            new(ItemField.Parent, item.Parent), new(ItemField.Assignee, item.Assignee), new(ItemField.Points, item.Points),
            new(ItemField.EstimateHours, item.EstimateHours), new(ItemField.RemainingHours, item.RemainingHours),
            new(ItemField.Sprints, item.Sprints), new(ItemField.Versions, item.Versions), new(ItemField.Labels, item.Labels),
            new(ItemField.PlannedStart, item.PlannedStart), new(ItemField.PlannedFinish, item.PlannedFinish),
            new(ItemField.Priority, item.Priority), new(ItemField.Blocked, item.Blocked),
        ];
    }
}
