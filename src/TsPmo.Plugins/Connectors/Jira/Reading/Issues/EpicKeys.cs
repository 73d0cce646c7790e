using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Ids of epics of which an issue tells only the key (the epic link field, where no parent is told). Keys of issues read anyway cost nothing; the others are asked for
/// in one search per batch, each once: one that we may not see stays unknown.
/// </summary>
internal sealed class EpicKeys(JiraClient client, JiraSession session)
{
    private readonly IssueLookup _lookup = new(client, session, SearchShape.Names);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Ids by key, of every epic link in the batch that could be resolved. Only epics are remembered, so that memory does not grow with the issues.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IReadOnlyList<FoundIssue> batch, CancellationToken cancellationToken)
    {
        if (session.Fields.EpicLink.Count == 0)
            return _ids;
        var links = batch.SelectMany(Links).ToHashSet(StringComparer.Ordinal);
        foreach (var issue in batch.Where(i => links.Contains(i.Key)))
            _ids[issue.Key] = issue.Id;
        var unknown = links.Where(key => !_ids.ContainsKey(key) && _asked.Add(key)).ToList();
        foreach (var epic in await _lookup.FindAsync("key", unknown, cancellationToken))
            _ids[epic.Key] = epic.Id;
        return links.Where(_ids.ContainsKey).ToDictionary(key => key, key => _ids[key], StringComparer.Ordinal);
    }

    private IEnumerable<string> Links(FoundIssue issue)
    {
        using var document = JsonDocument.Parse(issue.Json);
        var fields = document.RootElement.Member("fields");
        // The parent's id says all that the key would.
        if (fields.Member("parent").Text("id") is not null)
            return [];
        return [.. session.Fields.EpicLink.Select(id => fields.Text(id)).Where(key => !string.IsNullOrEmpty(key)).OfType<string>()];
    }
}
