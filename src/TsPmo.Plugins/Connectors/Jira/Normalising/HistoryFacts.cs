using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>
/// An issue's history as deltas. Entries may come in any order and more than once. Versions and components are told one by one as added or
/// removed; the whole lists are found by walking back from those that stand now.
/// </summary>
internal static class HistoryFacts
{
    private sealed record Entry(long Id, DateTimeOffset At, string? Author, JsonElement Items);

    public static (IReadOnlyList<WorkItemEvent> Events, int Unreadable) Read(
        string issueId, JsonElement fields, IEnumerable<JsonElement> histories, IssueContext context)
    {
        var entries = new Dictionary<long, Entry>();
        var unreadable = 0;
        foreach (var history in histories)
        {
            if (Of(history) is { } entry)
                entries[entry.Id] = entry;
            else
                unreadable++;
        }

        var lists = new ListRewind(fields);
        var events = new List<WorkItemEvent>(entries.Count);
        foreach (var entry in entries.Values.OrderByDescending(e => e.At).ThenByDescending(e => e.Id))
        {
            var values = Values(entry, lists, context);
            if (values.Count > 0)
                events.Add(new() { ItemId = issueId, EventId = entry.Id, At = entry.At, Author = entry.Author, IsSnapshot = false, Values = values });
        }

        events.Reverse();
        return (events, unreadable);
    }

    private static Entry? Of(JsonElement history) =>
        long.TryParse(history.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && JiraTime.Instant(history.Member("created")) is { } at
            ? new(id, at, JiraAccount.Of(history.Member("author")), history.Member("items"))
            : null;

    private static Dictionary<string, RawChange> Values(Entry entry, ListRewind lists, IssueContext context)
    {
        var values = lists.Before(entry.Items);
        foreach (var item in entry.Items.Items())
        {
            foreach (var (field, change) in HistoryItem.Read(item, context))
            {
                // An entry may tell one field in two words (epic link and parent); what was first and what is last counts.
                values[field] = values.TryGetValue(field, out var earlier) ? new(earlier.From, change.To) : change;
            }
        }

        return values.Where(v => v.Value.From != v.Value.To).ToDictionary(StringComparer.Ordinal);
    }
}
