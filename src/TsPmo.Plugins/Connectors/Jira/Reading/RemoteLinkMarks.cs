namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Which issues have been asked for the links of which no history tells: those whose numbers lie between two, both of them included.</summary>
internal sealed record RemoteLinkMarks
{
    /// <summary>Projects whose issues these are.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>The highest number; null: none was asked for yet.</summary>
    public long? Newest { get; init; }

    /// <summary>The lowest number.</summary>
    public long Oldest { get; init; }

    /// <summary>The update up to which issues were read when all that there were had been asked for; null: some are left, or no issue was read in that pass.</summary>
    public DateTimeOffset? WholeSince { get; init; }

    /// <summary>Whether a first reading has begun and not come to its end, so that the next pass goes on with it.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>Whether an issue came after all that were asked for.</summary>
    public bool IsNewer(long issue) => issue > Newest;

    /// <summary>Whether an issue was there before all that were asked for.</summary>
    public bool IsOlder(long issue) => Newest is null || issue < Oldest;

    /// <summary>The marks after the next issue: the one after the newest, or else the one before the oldest.</summary>
    public RemoteLinkMarks After(long issue) =>
        IsNewer(issue) ? this with { Newest = issue } : this with { Newest = Newest ?? issue, Oldest = issue };
}
