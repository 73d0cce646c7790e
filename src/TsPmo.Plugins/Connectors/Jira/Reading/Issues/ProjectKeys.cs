using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Keys of the projects of which a move tells the ids alone. Each is asked for once: one that we may not see stays unknown.</summary>
internal sealed class ProjectKeys(JiraClient client, JiraSession session)
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Keys by id, of every project that could be resolved so far.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids.Where(_asked.Add))
        {
            if ((await ProjectSight.OfAsync(client, session, id, cancellationToken))?.Text("key") is { } key)
                _keys[id] = key;
        }

        return _keys;
    }
}
