using System.Runtime.CompilerServices;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Searches in the session's edition.</summary>
internal static class IssueSearches
{
    public static IIssueSearch Begin(JiraClient client, JiraSession session, SearchShape shape) =>
        session.IsCloud ? new CloudSearch(client, shape) : new DataCenterSearch(client, shape);

    /// <summary>All pages of a query.</summary>
    public static async IAsyncEnumerable<FoundPage> PagesAsync(this IIssueSearch search, string jql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = new SearchPosition(jql);
        for (var isLast = false; !isLast;)
        {
            var page = await search.NextAsync(at, cancellationToken);
            yield return page;
            at = at with { Token = page.Token, StartAt = page.StartAt };
            isLast = page.IsLast;
        }
    }
}
