namespace TsPmo.Sandbox.Jira;

/// <summary>How a stand-in Jira is set up for its caller. The defaults are a site in good order; every switch makes it as awkward as some real one.</summary>
public sealed record JiraSwitches
{
    /// <summary>The IANA time zone in every user's profile; dates in answers and in queries are told in it.</summary>
    public string ProfileTimeZone { get; init; } = "Europe/Zurich";

    /// <summary>Whether profiles tell their time zone; some hide it.</summary>
    public bool TellsTimeZone { get; init; } = true;

    /// <summary>Whether names are told in German, as on a site or in a profile with that language. Keys and ids stay, and so do the values in histories and the names there that stand without an id.</summary>
    public bool German { get; init; }

    /// <summary>How boards estimate, by project key: a field's id, or issueCount or none; story points where nothing is said.</summary>
    public IReadOnlyDictionary<string, string> Estimation { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a time in a query that the zone's clocks show twice means the first of the two.</summary>
    public bool AmbiguousIsFirst { get; init; }

    /// <summary>Whether the bot administers the projects. Only then may it write without mails.</summary>
    public bool BotIsAdministrator { get; init; } = true;

    /// <summary>How far the server's own clock, as its answers tell it, is ahead of the sandbox's.</summary>
    public double ClockSkewSeconds { get; init; }

    /// <summary>How long a write takes to reach the search, by the sandbox's clock; a query may name issues that are looked up afresh. Single and bulk reads never lag.</summary>
    public int SearchLagMilliseconds { get; init; }

    /// <summary>Whether the cloud's search now and then gives fewer issues than were asked for although there are more.</summary>
    public bool ShortPages { get; init; } = true;

    /// <summary>Whether the cloud still answers the issue lists of the agile API that it has announced to remove.</summary>
    public bool OldBoardLists { get; init; }

    /// <summary>Whether the token is one with scopes: the cloud then takes it on the gateway only.</summary>
    public bool ScopedToken { get; init; }

    /// <summary>The scopes of calls through the gateway; null for all there are.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>For how long an access token of the gateway is good.</summary>
    public int AccessTokenSeconds { get; init; } = 3600;

    /// <summary>By how many seconds sooner than it was told an access token ends, as one does that is revoked.</summary>
    public int AccessTokenEndsEarlySeconds { get; init; }

    /// <summary>The day the personal access token ends, which Data Center tells its owner; null for never.</summary>
    public DateOnly? TokenExpires { get; init; }

    /// <summary>Permissions the bot lacks, by project key. Without BROWSE_PROJECTS the project is as if it did not exist.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Denied { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}
