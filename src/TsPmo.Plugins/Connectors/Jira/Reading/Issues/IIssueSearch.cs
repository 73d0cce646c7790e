namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Finds issues page by page, in one edition's way. Begun anew for every query, since it remembers the pages before.</summary>
internal interface IIssueSearch
{
    /// <summary>The page at a position. An answer that belongs to another question is asked for again; one that stays odd is a failure.</summary>
    Task<FoundPage> NextAsync(SearchPosition at, CancellationToken cancellationToken);
}

/// <summary>Where a search is.</summary>
/// <param name="Jql">The query; a page token belongs to exactly one.</param>
/// <param name="Token">Next page of the cloud; null: the first.</param>
/// <param name="StartAt">Next position in Data Center.</param>
/// <param name="LastNumber">The highest number of an issue before that position; null where that is not known.</param>
internal sealed record SearchPosition(string Jql, string? Token = null, int StartAt = 0, long? LastNumber = null);

/// <summary>A page of a search.</summary>
/// <param name="Issues">Its issues.</param>
/// <param name="Token">Next page of the cloud; null on the last.</param>
/// <param name="StartAt">Next position in Data Center.</param>
/// <param name="IsLast">Whether nothing follows.</param>
internal sealed record FoundPage(IReadOnlyList<FoundIssue> Issues, string? Token, int StartAt, bool IsLast);
