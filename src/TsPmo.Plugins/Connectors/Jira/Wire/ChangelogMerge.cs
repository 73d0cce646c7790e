using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>
/// Puts histories together that arrive in pieces: an issue's may be split over pages, one entry may come more than once, and one that was asked for by
/// fields comes with other items each time. Whatever the split, the order and the repetition, the same entries come out.
/// </summary>
internal sealed class ChangelogMerge
{
    private readonly Dictionary<string, SortedDictionary<long, byte[]>> _issues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _unnumbered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _linkedRemotely = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _cameIntoSight = new(StringComparer.Ordinal);

    /// <summary>Ids of the projects of moves that tell no keys.</summary>
    public HashSet<string> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes in one entry of an issue's history.</summary>
    public void Add(string issueId, HistoryEntry entry)
    {
        if (entry.Id is { } id)
            Put(issueId, id, entry.Json);
        else
            Of(_unnumbered, issueId, () => new(StringComparer.Ordinal)).Add(Encoding.UTF8.GetString(entry.Json));
        Projects.UnionWith(entry.Moved);
        Note(_linkedRemotely, issueId, entry.RemoteLinksChanged);
        Note(_cameIntoSight, issueId, entry.CameIntoSight);
    }

    /// <summary>An issue's entries, oldest number first. Those without a number come last: they cannot be used, but must be told.</summary>
    public IEnumerable<byte[]> Of(string issueId)
    {
        IEnumerable<byte[]> numbered = _issues.TryGetValue(issueId, out var entries) ? entries.Values : [];
        return _unnumbered.TryGetValue(issueId, out var others) ? numbered.Concat(others.Select(Encoding.UTF8.GetBytes)) : numbered;
    }

    /// <summary>When an issue's remote links last changed; null when they never did.</summary>
    public DateTimeOffset? RemoteLinksChanged(string issueId) => _linkedRemotely.TryGetValue(issueId, out var at) ? at : null;

    /// <summary>When an issue last may have come into sight with what it had; null when it never did.</summary>
    public DateTimeOffset? CameIntoSight(string issueId) => _cameIntoSight.TryGetValue(issueId, out var at) ? at : null;

    private static void Note(Dictionary<string, DateTimeOffset> latest, string issueId, DateTimeOffset? at)
    {
        if (at is { } instant && !(latest.TryGetValue(issueId, out var known) && known >= instant))
            latest[issueId] = instant;
    }

    private void Put(string issueId, long id, byte[] raw)
    {
        var entries = Of(_issues, issueId, () => []);
        if (!entries.TryGetValue(id, out var known))
            entries[id] = raw;
        else if (!raw.AsSpan().SequenceEqual(known))
            entries[id] = United(known, raw);
    }

    /// <summary>One entry with the items of both. Where they differ otherwise (a person was renamed in between), the same one is taken whichever came first.</summary>
    private static byte[] United(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (first, second) = (JsonElement.Parse(one), JsonElement.Parse(other));
        var items = first.Items("items").Concat(second.Items("items")).Select(i => i.GetRawText()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var head = string.CompareOrdinal(Head(first), Head(second)) >= 0 ? first : second;
        var united = JiraJson.Build(w =>
        {
            w.WriteStartObject();
            foreach (var member in head.EnumerateObject().Where(m => m.Name != "items"))
            {
                w.WritePropertyName(member.Name);
                w.WriteRaw(member.Value);
            }

            w.WriteStartArray("items");
            foreach (var item in items)
                w.WriteRawValue(item, skipInputValidation: true);
            w.WriteEndArray();
            w.WriteEndObject();
        });
        return JsonMarshal.GetRawUtf8Value(united).ToArray();
    }

    private static string Head(JsonElement history) =>
        string.Join('\n', history.EnumerateObject().Where(m => m.Name != "items").Select(m => m.Name + m.Value.GetRawText()));

    private static T Of<T>(Dictionary<string, T> issues, string issueId, Func<T> make)
    {
        if (!issues.TryGetValue(issueId, out var found))
            issues[issueId] = found = make();
        return found;
    }
}
