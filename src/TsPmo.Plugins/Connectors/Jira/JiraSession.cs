using TsPmo.Plugins.Connectors.Jira.Reading;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>What a proven sign-in has told: the dialect, who we are, the zone our dates are read in, and the server's time.</summary>
internal sealed record JiraSession
{
    /// <summary>What the server tells of itself.</summary>
    public required ServerFacts Server { get; init; }

    public bool IsCloud => Server.IsCloud;

    /// <summary>Product version as the server tells it.</summary>
    public string Version => Server.Version;

    /// <summary>What people put before "browse/KEY", with a trailing slash.</summary>
    public string BrowseBase => Server.BrowseBase;

    /// <summary>Our own account id (Cloud) or user key (Data Center).</summary>
    public required string Account { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>The zone of our profile, in which date literals of queries are read; null where it is not told or not known here.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The server's clock when the session began, to the second.</summary>
    public required DateTimeOffset ServerTime { get; init; }

    /// <summary>Our clock at the same moment.</summary>
    public required DateTimeOffset OurTime { get; init; }

    /// <summary>The fields of this site that matter to us. The catalogue narrows them to our projects.</summary>
    public required FieldCatalogue Fields { get; set; }

    /// <summary>Sprints that issues of this pass carry, and those of earlier passes that may not have come to reading them.</summary>
    public SprintsMet Sprints => field ??= new(ServerTime);

    /// <summary>The update up to which issues are read, by the time that they tell: what happened later is not known to have been seen. Null where no issue was ever seen, or none read yet in this pass.</summary>
    public DateTimeOffset? ReadUntil { get; set; }

    /// <summary>Accounts that turned up in this pass.</summary>
    public HashSet<string> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Projects that turned out not to exist or not to be visible; each is told once per session.</summary>
    public HashSet<string> UnknownProjects { get; } = new(StringComparer.Ordinal);

    /// <summary>Projects that turned out to have another key than the configured one; each is told once per session.</summary>
    public HashSet<string> RenamedProjects { get; } = new(StringComparer.Ordinal);

    /// <summary>Projects that this session has seen to be there.</summary>
    public HashSet<string> KnownProjects { get; } = new(StringComparer.Ordinal);
}
