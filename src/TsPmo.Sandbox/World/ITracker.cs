namespace TsPmo.Sandbox.World;

/// <summary>
/// What can happen in a tracker, said in the words of the people who use it. The portfolio generator acts through this
/// door only; every stand-in turns an act into records of its own shape (a changelog entry, a revision).
/// Acts arrive in the order of their instants; all instants are UTC, whole milliseconds.
/// </summary>
public interface ITracker
{
    /// <summary>The name the tracker has in the truth log and, in the demo, as a configured connector.</summary>
    string Name { get; }

    /// <summary>Registers a person and gives the account id the tracker knows them by.</summary>
    string AddPerson(PersonSpec person);

    /// <summary>Gives a person another display name; the account stays.</summary>
    void RenamePerson(string account, string displayName);

    void AddProject(ProjectSpec project);

    /// <summary>Gives a status another name wherever it is used, where the tracker lets its names change. No item's last update moves, and no history is rewritten.</summary>
    void RenameStatus(string from, string to);

    /// <summary>Adds a time box and gives its immutable id.</summary>
    string AddSprint(SprintSpec sprint);

    void ChangeSprint(string sprintId, SprintSpec sprint);

    /// <summary>Adds a version where the tracker knows versions, and gives its immutable id.</summary>
    string AddVersion(VersionSpec version);

    void ChangeVersion(string versionId, VersionSpec version);

    CreatedItem CreateItem(DateTimeOffset at, string author, ItemSpec item);

    /// <summary>Changes several fields of one item in one act (one changelog entry, one revision).</summary>
    void ChangeItem(DateTimeOffset at, string author, string itemId, IReadOnlyList<ItemEdit> edits);

    void DeleteItem(DateTimeOffset at, string author, string itemId);

    /// <summary>Brings a deleted item back, where the tracker keeps what was deleted.</summary>
    void RestoreItem(DateTimeOffset at, string author, string itemId);

    /// <summary>Takes an item away for good, deleted before or not, where the tracker keeps what was deleted: nothing tells that it ever was.</summary>
    void DestroyItem(DateTimeOffset at, string author, string itemId);

    /// <summary>Takes an item out of the token's sight, or brings it back into it, where the tracker has a permission for single items.</summary>
    /// <param name="by">What does it; only a security level is an edit, and moves the item's last update.</param>
    void ShowItem(DateTimeOffset at, string author, string itemId, bool visible, HidingWay by);

    /// <summary>Logs hours of work and gives the id of the time entry as the tracker would tell it.</summary>
    string LogWork(DateTimeOffset at, string author, string itemId, DateTimeOffset started, double hours);

    void DeleteWork(DateTimeOffset at, string author, string timeEntryId);

    void AddLink(DateTimeOffset at, string author, LinkSpec link);

    void RemoveLink(DateTimeOffset at, string author, LinkSpec link);

    /// <summary>Records a finished (or running) deployment and gives its id as the exports name it.</summary>
    string AddDeployment(DeploymentSpec deployment);

    /// <summary>States the whole capacity of one team in one sprint, replacing what was stated before.</summary>
    void SetCapacity(CapacitySpec capacity);
}

/// <summary>How an item is hidden: by a security level set on it, or by a permission that the token's account loses.</summary>
public enum HidingWay { SecurityLevel, Permission }

/// <summary>Id and key (the readable name) of an item just created.</summary>
public sealed record CreatedItem(string Id, string Key);

public sealed record PersonSpec(string DisplayName, string Email, bool EmailHidden = false);

/// <summary>A normalised state, spelt as the exports spell it.</summary>
public enum TruthState { ToDo, InProgress, Done, Removed }

/// <summary>A raw status of a workflow and what it means. Only Azure DevOps has statuses that mean Removed; Jira says it with a resolution.</summary>
public sealed record StatusSpec(string Name, TruthState State);

/// <summary>A work item type: the tracker's name and the kind the exports call it (Epic, Feature, Story, Task, Subtask, Bug, Incident, Risk, Other).</summary>
public sealed record TypeSpec(string Name, string Kind, IReadOnlyList<StatusSpec> Workflow);

/// <summary>
/// A project of a tracker. <paramref name="Key"/> is the Jira key or, in Azure DevOps, the project's name; Process is Azure DevOps only
/// (Agile, Scrum, CMMI, Basic). Style is Scrum, Kanban, Waterfall or, in Jira, Service (a service desk). TeamManaged is Jira Cloud only: such a project keeps its statuses and types to itself, so that an item that moves in or out gets others of the same names. Teams are Azure DevOps teams, each owning the area path Project\Team.
/// </summary>
public sealed record ProjectSpec(string Key, string Name, string Style, IReadOnlyList<TypeSpec> Types, string? Process = null, IReadOnlyList<string>? Teams = null,
    bool TeamManaged = false);

/// <summary>
/// A sprint or iteration. In Jira: Start/End are planned instants, Activated the true start, Completed the true end, State future, active or closed.
/// In Azure DevOps: Start and End are dates at midnight UTC, End being the last working day (inclusive); state and completion follow from the
/// dates; Teams are those that selected the iteration; Start and End may be null.
/// </summary>
public sealed record SprintSpec(
    string Project, string Name, string? Goal, string State, DateTimeOffset? Start, DateTimeOffset? End,
    DateTimeOffset? Activated = null, DateTimeOffset? Completed = null, IReadOnlyList<string>? Teams = null);

public sealed record VersionSpec(string Project, string Name, DateOnly? Start, DateOnly? Date, bool Released, DateOnly? ReleasedOn);

/// <summary>
/// An item as it is created. Ids refer to the same tracker. Fields a tracker does not have stay null (hours and team in Jira are optional).
/// Priority is a name in Jira and a number as text in Azure DevOps. Sprints holds at most one entry in Azure DevOps.
/// </summary>
public sealed record ItemSpec(string Project, string Type, string Title, string Status)
{
    public string? Reporter { get; init; }
    public string? Assignee { get; init; }
    public string? Resolution { get; init; }
    public double? Points { get; init; }
    public double? EstimateHours { get; init; }
    public double? RemainingHours { get; init; }
    public DateOnly? PlannedStart { get; init; }
    public DateOnly? PlannedFinish { get; init; }
    public string? Parent { get; init; }
    public IReadOnlyList<string> Sprints { get; init; } = [];
    public IReadOnlyList<string> Versions { get; init; } = [];
    public IReadOnlyList<string> Labels { get; init; } = [];
    public string? Priority { get; init; }
    public bool Blocked { get; init; }
    public string? Team { get; init; }
}

/// <summary>The fields an act can change; the value's type is the one of the property of the same name in <see cref="ItemSpec"/>.</summary>
public enum ItemField
{
    Title, Type, Status, Resolution, Project, Parent, Assignee, Points, EstimateHours, RemainingHours, Sprints, Versions,
    PlannedStart, PlannedFinish, Priority, Labels, Blocked, Team,
}

/// <summary>One field's new value. For Sprints and Versions the whole new membership; in Jira closed sprints stay in the list.</summary>
public sealed record ItemEdit(ItemField Field, object? Value);

/// <summary>
/// A relation between two items: From <paramref name="Kind"/> To, with Kind one of blocks, relates, duplicates, caused-by.
/// An end in another tracker is named by its address (ToUrl): a remote link in Jira, a hyperlink in Azure DevOps.
/// </summary>
public sealed record LinkSpec(string FromId, string Kind, string? ToId, string? ToUrl = null);

/// <summary>
/// A deployment. Source is environment (a YAML stage with an environment record) or release (classic). Result is succeeded, failed, canceled, partial or running.
/// Attempts are earlier tries of the same run and stage that must not count: each is a result with its finish.
/// </summary>
public sealed record DeploymentSpec(
    string Project, string Environment, string Pipeline, string Source, string Result, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
    string Revision, IReadOnlyList<DeploymentAttempt>? Attempts = null)
{
    /// <summary>The change behind the revision; null: one that follows from the revision and names no items.</summary>
    public ChangeSpec? Change { get; init; }

    /// <summary>When the first attempt began.</summary>
    public DateTimeOffset FirstStartedAt => Attempts is [var first, ..] ? first.StartedAt : StartedAt;
}

public sealed record DeploymentAttempt(string Result, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);

public sealed record CapacitySpec(string Project, string Team, string SprintId, IReadOnlyList<CapacityRow> Rows, IReadOnlyList<DateRange> TeamDaysOff);

/// <summary>One person's capacity; activities are hours per working day by activity, to be summed.</summary>
public sealed record CapacityRow(string Account, IReadOnlyList<(string Activity, double HoursPerDay)> Activities, IReadOnlyList<DateRange> DaysOff);

/// <summary>Calendar days, both ends inclusive.</summary>
public sealed record DateRange(DateOnly First, DateOnly Last);
