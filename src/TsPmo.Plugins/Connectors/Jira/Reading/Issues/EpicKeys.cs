using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Ids of epics of which an issue tells only the key (the epic link field). Keys of issues read anyway cost nothing; the others are asked for
/// in one search per batch.
/// </summary>
internal sealed class EpicKeys(JiraClient client, JiraSession session)
{
    private const int MostKeys = 50;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Ids by key, of every epic link in the batch that could be resolved. Only epics are remembered, so that memory does not grow with the issues.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IReadOnlyList<FoundIssue> batch, CancellationToken cancellationToken)
    {
        if (session.Fields.EpicLink.Count == 0)
            return _ids;
        var links = batch.SelectMany(Links).ToHashSet(StringComparer.Ordinal);
        foreach (var issue in batch.Where(i => links.Contains(i.Key)))
            _ids[issue.Key] = issue.Id;
        foreach (var some in links.Where(key => !_ids.ContainsKey(key)).Chunk(MostKeys))
            await AskAsync(some, cancellationToken);
        return links.Where(_ids.ContainsKey).ToDictionary(key => key, key => _ids[key], StringComparer.Ordinal);
    }

    private IEnumerable<string> Links(FoundIssue issue)
    {
        using var document = JsonDocument.Parse(issue.Json);
        var fields = document.RootElement.Member("fields");
        return [.. session.Fields.EpicLink.Select(id => fields.Text(id)).Where(key => !string.IsNullOrEmpty(key)).OfType<string>()];
    }

    private async Task AskAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        IIssueSearch search = session.IsCloud ? new CloudSearch(client, ["summary"]) : new DataCenterSearch(client, ["summary"], withHistories: false);
        var run = new IssueRun { Jql = JiraQuery.AnyOf("key", keys) + JiraQuery.Ordered, Projects = [], StartedAt = session.ServerTime };
        try
        {
            FoundPage page;
            do
            {
                page = await search.NextAsync(run, cancellationToken);
                foreach (var epic in page.Issues)
                    _ids[epic.Key] = epic.Id;
                run = run with { Token = page.Token, StartAt = page.StartAt };
            }
            while (!page.IsLast);
        }
        catch (TrackerException e) when (e.Status == 400)
        {
            // A key that we may not see makes the whole query invalid; the parents of this batch stay unknown rather than the issues unread.
        }
    }
}
