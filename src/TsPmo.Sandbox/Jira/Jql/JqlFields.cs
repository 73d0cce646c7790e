using System.Globalization;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Jql;

/// <summary>A value of a clause: a text, in quotes or not, or a function without arguments.</summary>
internal sealed record JqlValue(string Text, bool IsFunction, bool IsQuoted = false);

/// <summary>The fields a query can name: how each is compared and ordered.</summary>
internal sealed class JqlFields(JiraSite site, JiraUser? caller, IReadOnlyList<string> reconciled, List<string> errors)
{
    private readonly JqlDates _dates = new(site, errors);

    /// <summary>A test for one clause; an unknown field, operator or value is an error and matches nothing.</summary>
    public Func<JiraIssue, bool> Test(string field, string op, IReadOnlyList<JqlValue> values) => field.ToLowerInvariant() switch
    {
        "created" or "createddate" => _dates.Test(field, op, values, i => i.Created),
        "updated" or "updateddate" => _dates.Test(field, op, values, i => Updated(i)),
        "resolved" or "resolutiondate" => _dates.Test(field, op, values, i => i.ResolutionDate),
        "due" or "duedate" => _dates.Test(field, op, values, i => i.DueDate?.ToDateTime(TimeOnly.MinValue)),
        "id" or "key" or "issuekey" or "issue" => Keys(field, op, values),
        "summary" or "text" => Contains(field, op, values),
        _ => Set(field, op, values),
    };

    public Func<JiraIssue, IComparable?> Order(string field) => field.ToLowerInvariant() switch
    {
        "id" => i => i.Id,
        "key" or "issuekey" => i => (i.Project.Key, int.Parse(i.Key[(i.Key.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)),
        "created" or "createddate" => i => i.Created,
        "updated" or "updateddate" => i => Updated(i),
        "due" or "duedate" => i => i.DueDate,
        "resolved" or "resolutiondate" => i => i.ResolutionDate,
        "priority" => i => i.Priority?.Id,
        "status" => i => i.Status.Id,
        "rank" => i => i.Id,
        "summary" => i => i.Summary,
        _ => Unknown(field),
    };

    private DateTimeOffset? Updated(JiraIssue issue) => reconciled.Contains(issue.IdText) ? issue.Updated : site.IndexedUpdate(issue);

    private Func<JiraIssue, IComparable?> Unknown(string field)
    {
        errors.Add($"Not able to sort using field '{field}'.");
        return _ => null;
    }

    /// <summary>Fields whose value is a set of names: equal means one of them, and "not equal" leaves empty ones out, as in Jira.</summary>
    private Func<JiraIssue, bool> Set(string field, string op, IReadOnlyList<JqlValue> values)
    {
        if (JqlNames.Find(field, site.Dialect) is not { } names)
            return Refuse($"Field '{field}' does not exist or you do not have permission to view it.");
        if (op is "is" or "is not")
            return i => names.Values(i).Any() == (op == "is not");
        if (op is not ("=" or "!=" or "in" or "not in"))
            return Refuse($"The operator '{op}' is not supported by the '{field}' field.");
        var wanted = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
            wanted.UnionWith(Meant(field, names, value));
        return op is "=" or "in"
            ? i => names.Values(i).Any(wanted.Contains)
            : i => names.Values(i).Any() && !names.Values(i).Any(wanted.Contains);
    }

    private IEnumerable<string> Meant(string field, JqlNames names, JqlValue value)
    {
        if (value.IsFunction)
            return Function(field, value.Text);
        if (names.Known is null || names.Known(site).Contains(value.Text, StringComparer.OrdinalIgnoreCase))
            return [value.Text];
        errors.Add($"The value '{value.Text}' does not exist for the field '{field}'.");
        return [];
    }

    private IEnumerable<string> Function(string field, string name)
    {
        switch (name.ToLowerInvariant())
        {
            case "currentuser": return caller is null ? [] : [caller.Account];
            case "opensprints": return SprintsIn("active");
            case "closedsprints": return SprintsIn("closed");
            case "futuresprints": return SprintsIn("future");
            default:
                errors.Add($"Unable to find JQL function '{name}()' for field '{field}'.");
                return [];
        }
    }

    private IEnumerable<string> SprintsIn(string state) =>
        site.Sprints.Values.Where(s => s.Spec.State == state).Select(s => s.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Issues by key or by id. A number in quotes is a text, and a text is a key.</summary>
    private Func<JiraIssue, bool> Keys(string field, string op, IReadOnlyList<JqlValue> values)
    {
        var found = values.Select(v => (v.Text, v.IsQuoted, IsNumber: int.TryParse(v.Text, CultureInfo.InvariantCulture, out _)))
            .Select(v => (v.Text, IsId: v.IsNumber && !v.IsQuoted, Issue: v.IsNumber && v.IsQuoted ? null : site.Find(v.Text))).ToList();
        foreach (var (text, isId, _) in found.Where(f => f.Issue is null))
            errors.Add(isId
                ? $"A value with ID '{text}' does not exist for the field '{field}'."
                : $"An issue with key '{text}' does not exist for field '{field}'.");
        var ids = found.Select(f => f.Issue?.Id ?? 0).ToHashSet();
        return op switch
        {
            "=" or "in" => i => ids.Contains(i.Id),
            "!=" or "not in" => i => !ids.Contains(i.Id),
            ">" => i => i.Id > ids.Max(),
            ">=" => i => i.Id >= ids.Max(),
            "<" => i => i.Id < ids.Min(),
            "<=" => i => i.Id <= ids.Min(),
            _ => Refuse($"The operator '{op}' is not supported by the '{field}' field."),
        };
    }

    private Func<JiraIssue, bool> Contains(string field, string op, IReadOnlyList<JqlValue> values)
    {
        if (op is not ("~" or "!~"))
            return Refuse($"The operator '{op}' is not supported by the '{field}' field.");
        var text = values[0].Text;
        return i => i.Summary.Contains(text, StringComparison.OrdinalIgnoreCase) == (op == "~");
    }

    private Func<JiraIssue, bool> Refuse(string message)
    {
        errors.Add(message);
        return _ => false;
    }
}

/// <summary>A field with names for values: what an issue has (by every name it can be asked by) and what exists at all.</summary>
internal sealed record JqlNames(Func<JiraIssue, IEnumerable<string>> Values, Func<JiraSite, IEnumerable<string>>? Known)
{
    public static JqlNames? Find(string field, JiraDialect dialect) => field.ToLowerInvariant() switch
    {
        "project" => new(i => Of(i.Project), s => s.SeenProjects.SelectMany(Of)),
        "issuetype" or "type" => new(i => Of(i.Type.Id, i.Type.Name), s => s.Catalogue.Types.SelectMany(t => Of(t.Id, t.Name))),
        "status" => new(i => Of(i.Status.Id, i.Status.Name), s => s.Catalogue.Statuses.SelectMany(t => Of(t.Id, t.Name))),
        "statuscategory" => new(i => Of(i.Status.State), _ => Enum.GetValues<TruthState>().SelectMany(Of)),
        "priority" => new(i => Of(i.Priority), s => s.Catalogue.Priorities.SelectMany(Of)),
        "resolution" => new(i => Of(i.Resolution), s => s.Catalogue.Resolutions.SelectMany(Of)),
        "labels" => new(i => i.Labels, null),
        "sprint" => new(i => i.Sprints.SelectMany(Of), s => s.Sprints.Values.SelectMany(Of)),
        "fixversion" => new(i => i.FixVersions.SelectMany(Of), s => s.Versions.Values.SelectMany(Of)),
        "assignee" => new(i => Of(i.Assignee), s => s.Users.All.SelectMany(Of)),
        "reporter" => new(i => Of(i.Reporter), s => s.Users.All.SelectMany(Of)),
        "parent" => new(i => Of(i.Parent), s => s.Issues.SelectMany(Of)),
        "epic link" => new(i => Of(i.Epic), s => s.Issues.SelectMany(Of)),
        _ when field == $"cf[{dialect.Fields.Sprint}]" => Find("sprint", dialect),
        _ => null,
    };

    private static string[] Of(int id, string name) => [name, id.ToString(CultureInfo.InvariantCulture)];

    private static IEnumerable<string> Of(JiraProject project) => [project.Key, .. Of(project.Id, project.Name)];

    private static IEnumerable<string> Of(JiraOption? option) => option is null ? [] : Of(option.Id, option.Name);

    private static IEnumerable<string> Of(JiraSprint sprint) => Of(sprint.Id, sprint.Spec.Name);

    private static IEnumerable<string> Of(JiraVersion version) => Of(version.Id, version.Spec.Name);

    private static IEnumerable<string> Of(JiraUser? user) => user is null ? [] : [user.Account, user.Name, user.Email, user.DisplayName];

    private static IEnumerable<string> Of(JiraIssue? issue) => issue is null ? [] : [issue.Key, issue.IdText];

    private static IEnumerable<string> Of(TruthState state) => state switch
    {
        TruthState.ToDo => ["To Do", "new", "2"],
        TruthState.InProgress => ["In Progress", "indeterminate", "4"],
        _ => ["Done", "done", "3"],
    };
}
