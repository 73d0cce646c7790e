using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Who booked hours on issues of the projects read. An entry names only its issue's id, so the issues of authors who are not told yet are looked up,
/// those of a page together and each once; strangers of other projects stay unknown.
/// </summary>
internal sealed class WorklogAuthors(IssueLookup lookup, JiraSession session, IReadOnlyList<string> projects)
{
    private readonly Mentions _mentions = new(session);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ours = new(StringComparer.Ordinal);

    /// <summary>Records of authors that were not told before.</summary>
    public async Task<IReadOnlyList<SourceRecord>> OfAsync(IEnumerable<JsonElement> worklogs, CancellationToken cancellationToken)
    {
        var open = worklogs.Where(w => !_mentions.Knows(w.Member("author"))).ToList();
        var unknown = open.Select(w => w.Text("issueId")).OfType<string>().Where(_asked.Add).ToList();
        foreach (var issue in await lookup.FindAsync("id", unknown, cancellationToken))
        {
            if (projects.Contains(IssueKey.Project(issue.Key), StringComparer.OrdinalIgnoreCase))
                _ours.Add(issue.Id);
        }

        foreach (var worklog in open.Where(w => w.Text("issueId") is { } id && _ours.Contains(id)))
            _mentions.Person(worklog.Member("author"));
        return _mentions.Take();
    }
}
