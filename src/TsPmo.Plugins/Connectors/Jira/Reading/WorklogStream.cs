using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Hours booked, by the site's two feeds (written, deleted). They tell of issues outside the projects too; those are left to the store.
/// The feeds hold back the last minute, so their own "until" is the cursor and never the clock.
/// </summary>
internal sealed class WorklogStream(JiraClient client)
{
    private sealed record Cursor(Feed? Updated, Feed? Deleted);

    /// <param name="Until">Time of the last entry read, Unix milliseconds.</param>
    /// <param name="Last">Entries of exactly that time: the feed is asked from a millisecond earlier, so that none of the same time is lost.</param>
    private sealed record Feed(long Until, IReadOnlyList<string> Last);

    private sealed record FeedPage(IReadOnlyList<(string Id, JsonElement Entry)> Fresh, Feed Next, bool IsLast);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var api = JiraClient.Api(session.IsCloud);
        var begin = new Feed(Oldest(), []);
        var cursor = CursorText.Read<Cursor>(request.Cursor) ?? new(null, null);
        var mentions = new Mentions();
        for (var isLast = false; !isLast;)
        {
            var page = await NextAsync(api + "worklog/updated", cursor.Updated ?? begin, cancellationToken);
            var records = page.Fresh.Count == 0 ? [] : await WorklogsAsync(api, page.Fresh, mentions, cancellationToken);
            cursor = cursor with { Updated = page.Next };
            isLast = page.IsLast;
            yield return new SourcePage(records, CursorText.Write(cursor));
        }

        for (var isLast = false; !isLast;)
        {
            var page = await NextAsync(api + "worklog/deleted", cursor.Deleted ?? begin, cancellationToken);
            cursor = cursor with { Deleted = page.Next };
            isLast = page.IsLast;
            yield return new SourcePage([.. page.Fresh.Select(e => new SourceRecord(RecordKinds.WorklogRemoved, e.Id, e.Entry, default))], CursorText.Write(cursor));
        }
    }

    private long Oldest() =>
        client.Options.HistorySince is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds() : 0;

    private async Task<FeedPage> NextAsync(string path, Feed feed, CancellationToken cancellationToken)
    {
        var since = Math.Max(0, feed.Until - 1).ToString(CultureInfo.InvariantCulture);
        using var answer = await client.GetAsync($"{path}?since={since}", cancellationToken, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
            return new([], feed, IsLast: true);
        var entries = answer.Root.Items("values")
            .Select(e => (Id: e.Text("worklogId") ?? "", At: e.Integer("updatedTime") ?? 0, Entry: e.Clone())).Where(e => e.Id.Length > 0).ToList();
        var fresh = entries.Where(e => e.At != feed.Until || !feed.Last.Contains(e.Id, StringComparer.Ordinal)).Select(e => (e.Id, e.Entry)).ToList();
        var until = Math.Max(feed.Until, entries.Count == 0 ? 0 : entries.Max(e => e.At));
        var last = entries.Where(e => e.At == until).Select(e => e.Id).ToList();
        var isLast = answer.Root.IsTrue("lastPage") || fresh.Count == 0 || until == feed.Until;
        return new(fresh, until == feed.Until && entries.Count == 0 ? feed : new(until, last), isLast);
    }

    private async Task<IReadOnlyList<SourceRecord>> WorklogsAsync(
        string api, IReadOnlyList<(string Id, JsonElement Entry)> entries, Mentions mentions, CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>(entries.Count);
        foreach (var some in entries.Chunk(1000))
        {
            using var answer = await client.AskAsync(api + "worklog/list", w => WriteIds(w, some), cancellationToken);
            foreach (var worklog in answer.Root.Items().Select(w => w.Clone()))
            {
                mentions.Person(worklog.Member("author"));
                records.Add(new(RecordKinds.Worklog, worklog.Text("id") ?? "", worklog, default));
            }
        }

        records.AddRange(mentions.Take());
        return records;
    }

    private static void WriteIds(Utf8JsonWriter writer, IEnumerable<(string Id, JsonElement Entry)> entries)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("ids");
        foreach (var (_, entry) in entries)
            writer.WriteRaw(entry.Member("worklogId"));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
