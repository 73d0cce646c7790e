namespace TsPmo.Sandbox.Jira;

/// <summary>Where Jira Cloud and Jira Data Center tell the same state differently. Everything that is not in here is the same in both.</summary>
internal sealed record JiraDialect
{
    public required string Name { get; init; }
    public required string PathBase { get; init; }
    public required bool IsCloud { get; init; }
    public required string Version { get; init; }
    public required IReadOnlyList<int> VersionNumbers { get; init; }
    public required string ApiPath { get; init; }
    public required int FirstIssueId { get; init; }
    public required CustomFieldIds Fields { get; init; }

    /// <summary>The name of the field that holds story points; the two editions ship different ones.</summary>
    public required string PointsName { get; init; }

    public static JiraDialect Cloud { get; } = new()
    {
        Name = "jiraCloud",
        PathBase = "",
        IsCloud = true,
        Version = "1001.0.0-SNAPSHOT",
        VersionNumbers = [1001, 0, 0],
        ApiPath = "/rest/api/3",
        FirstIssueId = 10001,
        PointsName = "Story point estimate",
        Fields = new(Sprint: 10020, Points: 10016, EpicLink: 10014, Flagged: 10021, StartDate: 10015, Rank: 10019, ImpedimentOption: 10019, RequestType: 10219),
    };

    public static JiraDialect DataCenter { get; } = new()
    {
        Name = "jiraDc",
        PathBase = "/jira",
        IsCloud = false,
        Version = "10.3.24",
        VersionNumbers = [10, 3, 24],
        ApiPath = "/rest/api/2",
        FirstIssueId = 20001,
        PointsName = "Story Points",
        Fields = new(Sprint: 10105, Points: 10106, EpicLink: 10108, Flagged: 10111, StartDate: 10115, Rank: 10110, ImpedimentOption: 10200, RequestType: 10310),
    };
}

/// <summary>Numbers of the custom fields; every Jira site has its own, so a client must find them by their schema.</summary>
internal sealed record CustomFieldIds(int Sprint, int Points, int EpicLink, int Flagged, int StartDate, int Rank, int ImpedimentOption, int RequestType)
{
    public static string Name(int number) => $"customfield_{number}";
}
