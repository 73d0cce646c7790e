using System.Globalization;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.State;

/// <summary>A user. Account is the account id of the cloud or the user key of Data Center; Name is the sign-in name that only Data Center tells.</summary>
internal sealed class JiraUser(string account, string name, string displayName, string email, bool emailHidden)
{
    public string Account { get; } = account;
    public string Name { get; } = name;
    public string DisplayName { get; set; } = displayName;
    public string Email { get; } = email;
    public bool EmailHidden { get; } = emailHidden;
}

/// <summary>A status. Histories keep the name it had; everything else tells the one it has.</summary>
internal sealed class JiraStatus(int id, string name, TruthState state, JiraProject? scope = null)
{
    /// <summary>The team-managed project that keeps the status to itself; null for one that all may use.</summary>
    public JiraProject? Scope { get; } = scope;
    public int Id { get; } = id;
    public string Name { get; set; } = name;
    public TruthState State { get; } = state;
}

/// <summary>A priority or a resolution.</summary>
internal sealed record JiraOption(int Id, string Name);

/// <summary>A type. Scope is the team-managed project that keeps it to itself; null for one that all may use.</summary>
internal sealed record JiraIssueType(int Id, string Name, string Kind, JiraProject? Scope = null)
{
    public bool IsSubtask => Kind == "Subtask";
    public int HierarchyLevel => Kind switch { "Subtask" => -1, "Epic" => 1, "Initiative" => 2, _ => 0 };
}

internal sealed record JiraLinkType(int Id, string Name, string Inward, string Outward);

internal sealed class JiraProject(int id, string key, string name, string style, bool isTeamManaged = false)
{
    private int _issues;

    public int Id { get; } = id;
    public string Key { get; } = key;
    public string Name { get; } = name;
    public bool IsTeamManaged { get; } = isTeamManaged;

    /// <summary>The project itself where it keeps statuses and types to itself; null where it shares the site's.</summary>
    public JiraProject? Scope => IsTeamManaged ? this : null;
    public bool IsServiceDesk { get; } = style == "Service";
    public bool HasSprints { get; } = style == "Scrum";
    public List<(JiraIssueType Type, IReadOnlyList<JiraStatus> Workflow)> Types { get; } = [];
    public List<JiraVersion> Versions { get; } = [];
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>Every project has exactly one board.</summary>
    public required JiraBoard Board { get; init; }

    public string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{Key}-{++_issues}");

    public IEnumerable<JiraStatus> Statuses => Types.SelectMany(t => t.Workflow).Distinct();
}

internal sealed class JiraBoard(int id)
{
    public int Id { get; } = id;
    public List<JiraSprint> Sprints { get; } = [];
    public Dictionary<string, string> Properties { get; } = [];
}

internal sealed class JiraSprint(int id, JiraProject project, DateTimeOffset created, SprintSpec spec)
{
    public int Id { get; } = id;
    public JiraProject Project { get; } = project;
    public DateTimeOffset Created { get; } = created;
    public SprintSpec Spec { get; set; } = spec;
    public Dictionary<string, string> Properties { get; } = [];
}

internal sealed class JiraVersion(int id, JiraProject project, VersionSpec spec)
{
    public int Id { get; } = id;
    public JiraProject Project { get; } = project;
    public VersionSpec Spec { get; set; } = spec;

    /// <summary>Jira has one date: releasing a version overwrites the planned day with the true one.</summary>
    public DateOnly? ReleaseDate => Spec.Released ? Spec.ReleasedOn ?? Spec.Date : Spec.Date;
}

internal sealed class JiraWorklog(int id, JiraIssue issue, JiraUser author, DateTimeOffset at, DateTimeOffset started, int seconds)
{
    public int Id { get; } = id;
    public JiraIssue Issue { get; } = issue;
    public JiraUser Author { get; } = author;
    public DateTimeOffset Created { get; } = at;
    public DateTimeOffset Updated { get; } = at;
    public DateTimeOffset Started { get; } = started;
    public int Seconds { get; } = seconds;
}

/// <summary>A link between two issues: the source blocks (duplicates, causes …) the destination.</summary>
internal sealed record JiraLink(int Id, JiraLinkType Type, JiraIssue Source, JiraIssue Destination);

internal sealed record HistoryItem(string Field, string? FieldId, bool IsCustom, string? From, string? FromText, string? To, string? ToText);

/// <summary>One act on one issue: who, when, and every field that changed in it.</summary>
internal sealed record History(int Id, JiraUser Author, DateTimeOffset At, IReadOnlyList<HistoryItem> Items);
