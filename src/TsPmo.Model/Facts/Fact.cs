using TsPmo.Model.Delivery;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.Facts;

/// <summary>
/// One thing a tracker told us, in our words but with its raw values. Facts of the same identity replace each other by
/// <c>Version</c> (the higher wins), never by order of arrival, so pages may come in any order and more than once.
/// Ids are the tracker's immutable ids as strings; persons are its account ids; the connector's name is added by the engine.
/// </summary>
public abstract record Fact;

/// <summary>A work item as it stands at <see cref="Version"/>. Identity: <see cref="Id"/>.</summary>
public sealed record WorkItemFact : Fact
{
    /// <summary>The tracker's immutable id.</summary>
    public required string Id { get; init; }

    /// <summary>Rises with every change: a revision number, or the time of the last update in Unix milliseconds.</summary>
    public required long Version { get; init; }

    /// <summary>The readable key ("PAY-7", "4711").</summary>
    public required string Key { get; init; }

    /// <summary>The address a person opens.</summary>
    public required string Url { get; init; }

    /// <summary>Summary line.</summary>
    public required string Title { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When the tracker says it was last updated, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Account id of the reporter or creator.</summary>
    public string? Reporter { get; init; }

    /// <summary>Whether the tracker restricts who may see the item (security level).</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Current raw values by <see cref="RawFields"/>; absent means none.</summary>
    public required IReadOnlyDictionary<string, RawValue> Values { get; init; }
}

/// <summary>
/// One event in an item's history: a changelog entry (only what changed, with both sides) or a whole revision (everything that stood then).
/// Identity: <see cref="ItemId"/> and <see cref="EventId"/>. Events order by <see cref="At"/>, then <see cref="EventId"/>.
/// </summary>
public sealed record WorkItemEvent : Fact
{
    /// <summary>The item's id.</summary>
    public required string ItemId { get; init; }

    /// <summary>The tracker's number of the changelog entry or revision. Revisions of an item are numbered without holes: where one is missing, the item is looked at.</summary>
    public required long EventId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account id of who did it; null where the tracker does not tell.</summary>
    public string? Author { get; init; }

    /// <summary>True for a whole revision: fields that are absent had no value. False for a delta: absent fields did not change.</summary>
    public required bool IsSnapshot { get; init; }

    /// <summary>Raw fields by name. For a snapshot only <see cref="RawChange.To"/> is meaningful.</summary>
    public required IReadOnlyDictionary<string, RawChange> Values { get; init; }
}

/// <summary>The two sides of one changed field.</summary>
public readonly record struct RawChange(RawValue From, RawValue To);

/// <summary>What a raw status means. Identity: project, type and status (id where there is one, else name). Empty project or type: everywhere.</summary>
public sealed record StateDefinition(string Project, string Type, string? StatusId, string Status, State State) : Fact;

/// <summary>What a raw type means. Identity: project and type (id where there is one, else name). Empty project: everywhere.</summary>
public sealed record TypeDefinition(string Project, string? TypeId, string SourceType, WorkItemKind Kind) : Fact;

/// <summary>
/// Which tracker field plays a role by default in a project ("" = everywhere). Several fields of one role are tried in order of rank, the first with a value wins.
/// Identity: project, role, field.
/// </summary>
/// <param name="Project">The tracker's project, or "" for all.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="FieldId">The field's id in the tracker, as used by <see cref="RawFields.Custom"/>.</param>
/// <param name="FieldName">Its name as people see it, so that a mapping may name either.</param>
/// <param name="Rank">0 first. Negative: a candidate that is known but not chosen by default.</param>
public sealed record FieldRole(string Project, string Role, string FieldId, string FieldName, int Rank) : Fact
{
    /// <summary>Rank of a field that would be chosen if there were not others of its name between which nothing decides: none of them is.</summary>
    public const int Ambiguous = -2;

    /// <summary>The roles there are.</summary>
    public static class Roles
    {
        /// <summary>Size in points.</summary>
        public const string Points = "points";

        /// <summary>Planned start date.</summary>
        public const string Start = "start";

        /// <summary>Planned finish date.</summary>
        public const string Finish = "finish";
    }
}

/// <summary>All sprints that a project has now: one that is stored for it and not among them has been deleted, and is nobody's choice any more. What was in it stays.</summary>
/// <param name="Project">The tracker's project.</param>
/// <param name="Ids">Ids of its sprints.</param>
public sealed record SprintsOfProject(string Project, IReadOnlyList<string> Ids) : Fact;

/// <summary>A sprint or iteration as it stands. Identity: <see cref="Id"/>. Dates have history only from our first sight.</summary>
public sealed record SprintFact : Fact
{
    /// <summary>The tracker's immutable id.</summary>
    public required string Id { get; init; }

    /// <summary>The tracker's project it belongs to, where that is known.</summary>
    public string? Project { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The board, or the teams joined by ", ".</summary>
    public string? BoardOrTeam { get; init; }

    /// <summary>Goal; null when empty.</summary>
    public string? Goal { get; init; }

    /// <summary>State the tracker tells; null where it follows from the dates.</summary>
    public SprintState? State { get; init; }

    /// <summary>True or planned start as an instant; null where <see cref="FirstDay"/> tells it or there is none.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Planned end as an instant.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>When it was really completed.</summary>
    public DateTimeOffset? Completed { get; init; }

    /// <summary>First day, inclusive, where the tracker plans in days.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>Last day, inclusive, where the tracker plans in days.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Whether a team selected it; iterations nobody selected appear only where an item carries them.</summary>
    public bool IsSelected { get; init; } = true;
}

/// <summary>A version as it stands. Identity: <see cref="Id"/>. Edits leave no history in the tracker.</summary>
public sealed record MilestoneFact(string Id, string Project, string Name, DateOnly? Start, DateOnly? Date, bool Released, DateOnly? ReleasedAt) : Fact;

/// <summary>All versions that a project has now: one that is stored for it and not among them has been deleted, and its former dates go with it.</summary>
/// <param name="Project">The tracker's project.</param>
/// <param name="Ids">Ids of its versions.</param>
public sealed record MilestonesOfProject(string Project, IReadOnlyList<string> Ids) : Fact;

/// <summary>The last known attempt of one stage of one run reaching an environment. Identity: <see cref="Id"/>.</summary>
public sealed record DeploymentFact : Fact
{
    /// <summary>Unique within the connector, telling the kind ("environment/5/1201/Deploy").</summary>
    public required string Id { get; init; }

    /// <summary>Rises with every attempt and with every later state of one attempt.</summary>
    public required long Version { get; init; }

    /// <summary>The tracker's project.</summary>
    public required string Project { get; init; }

    /// <summary>Environment or stage name.</summary>
    public required string Environment { get; init; }

    /// <summary>Pipeline or release definition.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Kind of record it comes from.</summary>
    public required DeploymentSource Source { get; init; }

    /// <summary>How it ended, or running.</summary>
    public required DeploymentResult Result { get; init; }

    /// <summary>Start, UTC; null where not told.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Finish, UTC; null while running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Commit or version deployed; null where only the run knows it.</summary>
    public string? Revision { get; init; }

    /// <summary>The address a person opens.</summary>
    public string? Url { get; init; }

    /// <summary>Id of the pipeline run behind it, to find its revision; null where there is none.</summary>
    public string? RunId { get; init; }
}

/// <summary>
/// One job of one stage of one run that deployed to an environment. What became of the stage is decided when history is read: its last attempt counts, and in it
/// the stage is as bad as its worst job. So jobs may come in any order and in any pass. Identity: <see cref="Id"/>.
/// </summary>
public sealed record DeploymentJobFact : Fact
{
    /// <summary>The tracker's id of the record, unique within the connector.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the deployment it is a part of ("environment/5/1201/Deploy").</summary>
    public required string DeploymentId { get; init; }

    /// <summary>Rises with every later state of the job.</summary>
    public required long Version { get; init; }

    /// <summary>The tracker's project.</summary>
    public required string Project { get; init; }

    /// <summary>Environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Attempt of the stage, 1 first.</summary>
    public required int StageAttempt { get; init; }

    /// <summary>Name of the job and of what it deployed to; jobs of the same name are attempts of one job.</summary>
    public required string Job { get; init; }

    /// <summary>Attempt of the job within the stage's attempt, 1 first.</summary>
    public required int JobAttempt { get; init; }

    /// <summary>How it ended; null where it was skipped.</summary>
    public DeploymentResult? Result { get; init; }

    /// <summary>Start, UTC; null where not told.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Finish, UTC; null while running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The address a person opens.</summary>
    public string? Url { get; init; }

    /// <summary>Id of the pipeline run.</summary>
    public string? RunId { get; init; }
}

/// <summary>A pipeline run: supplies revision and times, and counts as a deployment only where its pipeline is named in a project's rules. Identity: <see cref="Id"/>.</summary>
public sealed record RunFact(string Id, string Project, string Pipeline, DeploymentResult Result, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Revision, string? Url) : Fact
{
    /// <summary>The branch or reference that was built ("refs/heads/main"); null where not told.</summary>
    public string? Branch { get; init; }
}

/// <summary>
/// What a pipeline run brought since the run before it, replacing what was known. Identity: <see cref="RunId"/>.
/// </summary>
/// <param name="RunId">The run.</param>
/// <param name="Project">The tracker's project.</param>
/// <param name="Commits">Its commits, in the tracker's order.</param>
/// <param name="WorkItems">Ids of the items that the run names.</param>
public sealed record RunChangesFact(string RunId, string Project, IReadOnlyList<CommitChange> Commits, IReadOnlyList<string> WorkItems) : Fact;

/// <summary>One commit.</summary>
/// <param name="Revision">Its hash.</param>
/// <param name="At">When it was made (the author's date where the tracker tells it), UTC.</param>
public sealed record CommitChange(string Revision, DateTimeOffset? At);

/// <summary>What the tests of a finished pipeline run said, and how much of the code they covered, replacing what was known. Identity: <see cref="RunId"/>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Project">The tracker's project.</param>
/// <param name="Tests">Totals of its tests; null where it published none or the tracker does not tell.</param>
/// <param name="Coverage">Lines covered; null where it published none or the tracker does not tell.</param>
public sealed record RunQualityFact(string RunId, string Project, TestTotals? Tests, LineCoverage? Coverage) : Fact;

/// <summary>Numbers of test results. Retried tests count once, with their last result.</summary>
/// <param name="Passed">Passed.</param>
/// <param name="Failed">Failed, aborted or timed out.</param>
/// <param name="Other">Not executed, ignored, inconclusive and whatever else is neither.</param>
public readonly record struct TestTotals(long Passed, long Failed, long Other);

/// <summary>Numbers of lines.</summary>
/// <param name="Covered">Lines that a test ran through.</param>
/// <param name="Coverable">Lines that could have been.</param>
public readonly record struct LineCoverage(long Covered, long Coverable);

/// <summary>A pull request that was completed. Identity: <see cref="Id"/>.</summary>
public sealed record PullRequestFact : Fact
{
    /// <summary>The tracker's id.</summary>
    public required string Id { get; init; }

    /// <summary>The tracker's project.</summary>
    public required string Project { get; init; }

    /// <summary>Name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Account of the author; null where not told.</summary>
    public string? Author { get; init; }

    /// <summary>The branch it was merged into.</summary>
    public required string TargetBranch { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was merged, UTC.</summary>
    public required DateTimeOffset MergedAt { get; init; }

    /// <summary>The commit that merged it; null where not told.</summary>
    public string? MergeRevision { get; init; }

    /// <summary>The earliest author's date of its commits, UTC; null where not told.</summary>
    public DateTimeOffset? FirstCommitAt { get; init; }

    /// <summary>Ids of the items it names, sorted.</summary>
    public IReadOnlyList<string> WorkItems { get; init; } = [];

    /// <summary>The address a person opens.</summary>
    public string? Url { get; init; }
}

/// <summary>An account as the tracker shows it. Identity: <see cref="AccountId"/>.</summary>
/// <param name="AccountId">The tracker's account id.</param>
/// <param name="DisplayName">Name as shown.</param>
/// <param name="Email">Lower case; null where it is hidden.</param>
public sealed record PersonFact(string AccountId, string DisplayName, string? Email) : Fact;

/// <summary>Hours booked on an item. Identity: <see cref="Id"/>.</summary>
/// <param name="Id">The tracker's id of the entry.</param>
/// <param name="Version">Rises with every edit.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Account">Who worked.</param>
/// <param name="Started">When the work was done, UTC.</param>
/// <param name="Hours">Hours; may be negative for corrections.</param>
public sealed record TimeEntryFact(string Id, long Version, string ItemId, string? Account, DateTimeOffset Started, decimal Hours) : Fact;

/// <summary>A time entry that no longer exists.</summary>
public sealed record TimeEntryRemoved(string Id) : Fact;

/// <summary>The whole capacity of one team in one sprint, replacing what was known. Identity: team and sprint.</summary>
public sealed record CapacitySet(string Project, string Team, string SprintId, IReadOnlyList<CapacityRow> Rows) : Fact;

/// <summary>One person in one team and sprint: hours per working day summed over activities; days off of person and team together, sorted.</summary>
public sealed record CapacityRow(string Account, decimal HoursPerDay, IReadOnlyList<DateOnly> DaysOff);

/// <summary>
/// Every link an item has as seen from it, replacing what was known from this item (a link of the same <see cref="LinkEnd.Origin"/> seen from the other end is the same link).
/// Parents are not links here: they are the raw field <see cref="RawFields.Parent"/>.
/// </summary>
/// <param name="ItemId">The item whose links these are.</param>
/// <param name="Group">Which links are complete in this set ("issue", "remote"); sets of different groups do not replace each other.</param>
/// <param name="Links">All links of that group.</param>
public sealed record LinkSet(string ItemId, string Group, IReadOnlyList<LinkEnd> Links) : Fact;

/// <summary>One link. Exactly one of <see cref="OtherId"/> (same connector) and <see cref="OtherUrl"/> is given.</summary>
/// <param name="Origin">The tracker's identity of the link, the same from both ends.</param>
/// <param name="Kind">What it says.</param>
/// <param name="IsOutward">True: the item is the subject (it blocks the other one); false: the other one is.</param>
/// <param name="OtherId">The other item in the same connector.</param>
/// <param name="OtherUrl">An address, to be resolved against every connector's base address.</param>
public sealed record LinkEnd(string Origin, LinkKind Kind, bool IsOutward, string? OtherId, string? OtherUrl) : Fact;

/// <summary>One link told on its own (a feed of links). Identity: <see cref="Origin"/>; removed when not active.</summary>
public sealed record LinkFact(string Origin, long Version, string FromId, LinkKind Kind, string ToId, bool IsActive) : Fact;

/// <summary>
/// What is told of an item that nobody may have asked for. It is taken where the item is known, or becomes known by the same page, and is dropped elsewhere:
/// so a feed that tells of everything is followed without keeping a list of what concerns us.
/// </summary>
/// <param name="ItemId">The item on which it depends.</param>
/// <param name="Facts">What is then true.</param>
public sealed record IfKnown(string ItemId, IReadOnlyList<Fact> Facts) : Fact;
