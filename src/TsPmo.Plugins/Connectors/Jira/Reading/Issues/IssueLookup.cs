using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Finds single issues by key or id, many in one search.</summary>
internal sealed class IssueLookup(JiraClient client, JiraSession session, SearchShape shape)
{
    private const int MostAtOnce = 100;

    /// <summary>
    /// Those of the issues that we may see. One that we may not see makes a whole query invalid, so a refused query is halved until the rest is found.
    /// </summary>
    /// <param name="field">"key" or "id".</param>
    /// <param name="values">Keys or ids, each once.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<FoundIssue>> FindAsync(string field, IEnumerable<string> values, CancellationToken cancellationToken)
    {
        var found = new List<FoundIssue>();
        var due = new Queue<string[]>(values.Chunk(MostAtOnce));
        while (due.TryDequeue(out var some))
        {
            if (await IsAnsweredAsync(field, some, found, cancellationToken) || some.Length == 1)
                continue;
            due.Enqueue(some[..(some.Length / 2)]);
            due.Enqueue(some[(some.Length / 2)..]);
        }

        return found;
    }

    private async Task<bool> IsAnsweredAsync(string field, IReadOnlyList<string> values, List<FoundIssue> found, CancellationToken cancellationToken)
    {
        var search = IssueSearches.Begin(client, session, shape with { IsStrict = false });
        try
        {
            await foreach (var page in search.PagesAsync(JiraQuery.AnyOf(field, values) + JiraQuery.Ordered, cancellationToken))
                found.AddRange(page.Issues);
            return true;
        }
        catch (TrackerException e) when (e.Status == 400)
        {
            return false;
        }
    }
}
