namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>What a search asks for of each issue it finds.</summary>
/// <param name="Fields">Fields to ask for.</param>
/// <param name="PageSize">Issues to ask for at once; the server may give fewer.</param>
internal sealed record SearchShape(IReadOnlyList<string> Fields, int PageSize)
{
    private static readonly string[] SystemFields =
    [
        "summary", "issuetype", "project", "status", "priority", "resolution", "created", "updated", "duedate", "labels", "assignee", "reporter", "security",
        "fixVersions", "components", "parent", "issuelinks", "timeoriginalestimate", "timeestimate", "timespent",
    ];

    /// <summary>Whether whole histories come along, which only Data Center can do.</summary>
    public bool WithHistories { get; init; }

    /// <summary>Whether values of the query that are not there refuse it; Data Center can be told to pass them over.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Whether the issues are kept as received, or only what names them.</summary>
    public bool KeepsBodies { get; init; } = true;

    /// <summary>Everything that makes a record of an issue. The cloud tells histories in a call of their own.</summary>
    public static SearchShape Whole(JiraSession session) => session.IsCloud
        ? new([.. SystemFields, .. session.Fields.Custom], 100)
        : new([.. SystemFields, .. session.Fields.Custom], 50) { WithHistories = true };

    /// <summary>The names of single issues, of which some may not be there.</summary>
    public static SearchShape Names { get; } = new(["project"], 100) { IsStrict = false, KeepsBodies = false };

    /// <summary>Ids alone, of which a page may hold thousands.</summary>
    public static SearchShape Ids { get; } = new(["id"], 5000) { KeepsBodies = false };
}
