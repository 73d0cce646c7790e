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

    /// <param name="item">The issue as it stands.</param>
    /// <param name="fields">Its fields as received.</param>
    /// <param name="histories">Its entries.</param>
    /// <param name="context">What the connector knew.</param>
    /// <returns>The events, oldest first, and how many entries or parts of them could not be read.</returns>
    public static (IReadOnlyList<WorkItemEvent> Events, int Unreadable) Read(
        WorkItemFact item, JsonElement fields, IEnumerable<JsonElement> histories, IssueContext context)
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

        var (lists, standing) = (new ListRewind(fields), new StandingValues(item.Values));
        var events = new List<WorkItemEvent>(entries.Count);
        foreach (var entry in entries.Values.OrderByDescending(e => e.At).ThenByDescending(e => e.Id))
        {
            var values = Values(entry, lists, standing, context, ref unreadable);
            if (values.Count > 0)
                events.Add(new() { ItemId = item.Id, EventId = entry.Id, At = entry.At, Author = entry.Author, IsSnapshot = false, Values = values });
        }

        events.Reverse();
        return (events, unreadable);
    }

    private static Entry? Of(JsonElement history) =>
        long.TryParse(history.Text("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && JiraTime.Instant(history.Member("created")) is { } at
            ? new(id, at, JiraAccount.Of(history.Member("author")), history.Member("items"))
            : null;

    private static Dictionary<string, RawChange> Values(Entry entry, ListRewind lists, StandingValues standing, IssueContext context, ref int unreadable)
    {
        var values = lists.Before(entry.Items);
        var tellsKeys = entry.Items.Items().Any(ChangedField.IsKey);
        foreach (var item in entry.Items.Items().Where(i => !tellsKeys || !ChangedField.IsProject(i)))
        {
            if (HistoryItem.Read(item, context) is not { } read)
            {
                unreadable++;
                continue;
            }

            foreach (var (field, change) in standing.Before(read))
            {
                // An entry may tell one field in two words (epic link and parent); what was first and what is last counts.
                values[field] = values.TryGetValue(field, out var earlier) ? new(earlier.From, change.To) : change;
            }
        }

        return values.Where(v => v.Value.From != v.Value.To).ToDictionary(StringComparer.Ordinal);
    }
}
