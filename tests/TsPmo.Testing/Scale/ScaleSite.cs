using System.Globalization;

namespace TsPmo.Testing.Scale;

/// <summary>A Jira site that is computed: everything about an issue follows from its number, so that a site of any size takes no memory.</summary>
/// <param name="Issues">Number of issues.</param>
/// <param name="IsCloud">Cloud or Data Center.</param>
public sealed record ScaleSite(int Issues, bool IsCloud)
{
    /// <summary>Projects, the issues spread evenly over them in the order of their ids.</summary>
    public const int Projects = 4;

    /// <summary>Sprints of each project's one board: closed ones, an active one and a planned one.</summary>
    public const int SprintsPerBoard = 26;

    /// <summary>People who work there.</summary>
    public const int People = 250;

    private const int IssuesOfEpic = 50;
    private const int FirstId = 10_001;
    private static readonly int[] Lengths = [6, 14, 8, 12, 10, 10, 7, 13, 9, 11];
    private static readonly DateTimeOffset Beginning = new(2023, 1, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Life = TimeSpan.FromDays(60);

    /// <summary>History entries of all issues; each changes one field.</summary>
    public long Changes => Enumerable.Range(0, Issues % Lengths.Length).Sum(i => (long)Length(i)) + (Issues / Lengths.Length * (long)Lengths.Sum());

    /// <summary>Key of a project.</summary>
    public static string ProjectKey(int project) => string.Create(CultureInfo.InvariantCulture, $"SCALE{project + 1}");

    /// <summary>Keys of all projects.</summary>
    public static IReadOnlyList<string> ProjectKeys { get; } = [.. Enumerable.Range(0, Projects).Select(ProjectKey)];

    /// <summary>History entries of an issue.</summary>
    public static int Length(int issue) => Lengths[issue % Lengths.Length];

    /// <summary>Id of an issue.</summary>
    public static int Id(int issue) => FirstId + issue;

    /// <summary>Number of the issue with an id; null where there is none.</summary>
    public int? Number(int id) => id >= FirstId && id < FirstId + Issues ? id - FirstId : null;

    /// <summary>Project an issue belongs to.</summary>
    public int ProjectOf(int issue) => (int)((long)issue * Projects / Issues);

    /// <summary>Key of an issue.</summary>
    public string Key(int issue) => string.Create(CultureInfo.InvariantCulture, $"{ProjectKey(ProjectOf(issue))}-{issue + 1}");

    /// <summary>The issue that is an issue's epic, the first of each fifty of a project; null for that one itself.</summary>
    public int? EpicOf(int issue)
    {
        var first = (int)((((long)ProjectOf(issue) * Issues) + Projects - 1) / Projects);
        var epic = Math.Max(first, issue - (issue % IssuesOfEpic));
        return epic == issue ? null : epic;
    }

    /// <summary>When an issue was created; issues come at even intervals over three years.</summary>
    public DateTimeOffset Created(int issue) => Beginning.AddMilliseconds(Math.Floor(TimeSpan.FromDays(1000).TotalMilliseconds * issue / Issues));

    /// <summary>The sprint of its project's board that an issue is in, by its place; issues come to them one after the other.</summary>
    public int SprintOf(int issue) => (int)((long)issue * Projects % Issues * SprintsPerBoard / Issues);

    /// <summary>Id of a sprint of a project's board.</summary>
    public static long SprintId(int project, int sprint) => (project * 1000L) + sprint + 1;

    /// <summary>State of a board's sprint, by its place.</summary>
    public static string SprintState(int sprint) => sprint switch { < SprintsPerBoard - 2 => "closed", SprintsPerBoard - 2 => "active", _ => "future" };

    /// <summary>When a board's sprint began; each lasts two weeks.</summary>
    public static DateTimeOffset SprintStart(int sprint) => Beginning.AddDays(14 * sprint);

    /// <summary>When an entry of its history was written.</summary>
    public DateTimeOffset At(int issue, int entry) => Created(issue) + (Life * (entry + 1) / (Length(issue) + 1));

    /// <summary>When an issue was last changed.</summary>
    public DateTimeOffset Updated(int issue) => At(issue, Length(issue) - 1);

    /// <summary>The field that an entry changes, with its values before and after.</summary>
    public static ScaleChange Change(int issue, int entry)
    {
        var field = ScaleChange.Fields[entry % ScaleChange.Fields.Count];
        var turn = entry / ScaleChange.Fields.Count;
        return new(field, ScaleChange.Step(field, issue, turn), ScaleChange.Step(field, issue, turn + 1));
    }

    /// <summary>Step of a field now, to be shown by <see cref="ScaleChange"/>.</summary>
    public static int Now(string field, int issue)
    {
        var place = ScaleChange.Fields.ToList().IndexOf(field);
        var turns = (Length(issue) - place + ScaleChange.Fields.Count - 1) / ScaleChange.Fields.Count;
        return ScaleChange.Step(field, issue, Math.Max(0, turns));
    }
}

/// <summary>One changed field; the steps are small numbers that stand for its values.</summary>
public sealed record ScaleChange(string Field, int From, int To)
{
    /// <summary>The fields, in the order in which entries change them.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["status", "assignee", "points", "priority", "labels"];

    /// <summary>Names of the statuses.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["To Do", "In Progress", "Done"];

    /// <summary>Names of the priorities.</summary>
    public static IReadOnlyList<string> Priorities { get; } = ["Low", "Medium", "High"];

    /// <summary>The value a field has after so many of its changes: never the one it had before.</summary>
    public static int Step(string field, int issue, int turn) => field switch
    {
        "status" => turn % Statuses.Count,
        "priority" => (issue + turn) % Priorities.Count,
        "assignee" => (issue + (7 * turn)) % ScaleSite.People,
        "points" => 1 + ((issue + turn) % 13),
        _ => (issue + turn) % 5,
    };
}
