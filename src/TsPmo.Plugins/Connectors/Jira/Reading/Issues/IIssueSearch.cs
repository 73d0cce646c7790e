namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Finds issues page by page, in one edition's way.</summary>
internal interface IIssueSearch
{
    /// <summary>Issues whose histories are read in one go.</summary>
    int BatchSize { get; }

    /// <summary>The page at the run's position.</summary>
    Task<FoundPage> NextAsync(IssueRun run, CancellationToken cancellationToken);
}

/// <summary>A page of a search.</summary>
/// <param name="Issues">Its issues.</param>
/// <param name="Token">Next page of the cloud; null on the last.</param>
/// <param name="StartAt">Next position in Data Center.</param>
/// <param name="IsLast">Whether nothing follows.</param>
internal sealed record FoundPage(IReadOnlyList<FoundIssue> Issues, string? Token, int StartAt, bool IsLast);

/// <summary>An issue as found.</summary>
/// <param name="Id">Immutable id.</param>
/// <param name="Key">Key.</param>
/// <param name="Updated">Last update; null where it was not asked for.</param>
/// <param name="Json">The issue as received.</param>
internal sealed record FoundIssue(string Id, string Key, DateTimeOffset? Updated, byte[] Json);
