using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Hours booked, by the site's two feeds (written, deleted). They tell of issues outside the projects too: those hours are left to the store, which
/// needs them when an issue moves, but only who booked on issues of the projects becomes known as a person. The feeds hold back the last minute, so their own "until" is the cursor and never the clock.
/// </summary>
internal sealed class WorklogStream(JiraClient client)
{
    /// <summary>Entries on a page of a feed, and worklogs that may be asked for at once.</summary>
    private const int MostAtOnce = 1000;

    private sealed record Cursor(Feed? Updated, Feed? Deleted, IReadOnlyList<string> Projects);

    /// <param name="Until">Time of the last entry read, Unix milliseconds.</param>
    /// <param name="Last">Entries of exactly that time: the feed is asked from a millisecond earlier, so that none of the same time is lost.</param>
    /// <param name="Since">What to ask for instead, after a page that was full of entries of that time; null: a millisecond earlier.</param>
    private sealed record Feed(long Until, IReadOnlyList<string> Last, long? Since = null);

    private sealed record FeedPage(IReadOnlyList<(string Id, JsonElement Entry)> Fresh, Feed Next, bool IsLast)
    {
        /// <summary>Whether it was full of entries of one instant, so that there may be more of it which no question brings.</summary>
        public bool MayHideMore { get; init; }
    }

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var api = JiraClient.Api(session.IsCloud);
        var begin = new Feed(Oldest(), []);
        var cursor = Begin(request);
        var authors = new WorklogAuthors(new IssueLookup(client, session, SearchShape.Names), session, request.Projects);
        for (var isLast = false; !isLast;)
        {
            var page = await NextAsync(api + "worklog/updated", cursor.Updated ?? begin, cancellationToken);
            var records = page.Fresh.Count == 0 ? [] : await WorklogsAsync(api, page.Fresh, authors, cancellationToken);
            cursor = cursor with { Updated = page.Next };
            isLast = page.IsLast;
            if (page.MayHideMore)
                yield return Incomplete("written", page.Next);
            yield return new SourcePage(records, CursorText.Write(cursor));
        }

        for (var isLast = false; !isLast;)
        {
            var page = await NextAsync(api + "worklog/deleted", cursor.Deleted ?? begin, cancellationToken);
            cursor = cursor with { Deleted = page.Next };
            isLast = page.IsLast;
            if (page.MayHideMore)
                yield return Incomplete("deleted", page.Next);
            yield return new SourcePage([.. page.Fresh.Select(e => new SourceRecord(RecordKinds.WorklogRemoved, e.Id, e.Entry, default))], CursorText.Write(cursor));
        }
    }

    /// <summary>Where to go on. For a project that is new the written entries are read from the beginning, since its people were passed over.</summary>
    private static Cursor Begin(ReadRequest request)
    {
        var last = CursorText.Read<Cursor>(request.Cursor);
        var isCovered = last?.Projects is { } covered && request.Projects.All(p => covered.Contains(p, StringComparer.Ordinal));
        return new(isCovered ? last?.Updated : null, last?.Deleted, request.Projects);
    }

    private ReadNotice Incomplete(string what, Feed feed) => new(new(
        "hours-incomplete",
        $"Connector '{client.Name}' was given {MostAtOnce} hours that were {what} at {DateTimeOffset.FromUnixTimeMilliseconds(feed.Until).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}, the most that Jira tells of one instant; if there are more of it, they are missing.",
        "Compare the hours of the issues that were imported or changed in bulk at that time with Jira. What is saved again there gets a time of its own and is read in the next run."));

    private long Oldest() =>
        client.Options.HistorySince is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds() : 0;

    private async Task<FeedPage> NextAsync(string path, Feed feed, CancellationToken cancellationToken)
    {
        var since = feed.Since ?? Math.Max(0, feed.Until - 1);
        using var answer = await EntriesAsync(path, since, cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
            return new([], feed, IsLast: true);
        var entries = answer.Root.Items("values")
            .Select(e => (Id: e.Text("worklogId") ?? "", At: e.Integer("updatedTime") ?? 0, Entry: e.Clone())).Where(e => e.Id.Length > 0).ToList();
        var fresh = entries.Where(e => e.At != feed.Until || !feed.Last.Contains(e.Id, StringComparer.Ordinal)).Select(e => (e.Id, e.Entry)).ToList();
        var isLast = answer.Root.IsTrue("lastPage") || answer.Root.IsTrue("isLastPage") || entries.Count == 0;
        // A page full of entries of one instant that are all known says nothing of what follows. Whether the time asked for is part of an answer
        // differs, so the question moves on by single milliseconds until it is past that instant; after it everything is fresh.
        if (fresh.Count == 0)
            return new([], isLast ? feed : feed with { Since = since + 1 }, isLast) { MayHideMore = !isLast && feed.Since is null && entries.Count <= MostAtOnce };
        var until = Math.Max(feed.Until, entries.Max(e => e.At));
        var known = until == feed.Until ? feed.Last : [];
        return new(fresh, new(until, [.. known.Union(entries.Where(e => e.At == until).Select(e => e.Id), StringComparer.Ordinal)]), isLast);
    }

    /// <summary>A page of a feed. The address of the next one that it names is not followed, since it may lead elsewhere. A page tells the time asked for or that of its first entry; one that begins earlier belongs to another question.</summary>
    private Task<TrackerAnswer> EntriesAsync(string path, long since, CancellationToken cancellationToken) => OwnAnswer.OfAsync(
        client,
        () => client.GetAsync($"{path}?since={since.ToString(CultureInfo.InvariantCulture)}", cancellationToken, HttpStatusCode.NotFound),
        a => a.Status == HttpStatusCode.NotFound || IsSince(a.Root, since),
        "hours of another time than was asked for");

    private static bool IsSince(JsonElement page, long since) =>
        page.Member("values").ValueKind == JsonValueKind.Array && !(page.Integer("since") < since) && !page.Items("values").Any(e => e.Integer("updatedTime") < since);

    private async Task<IReadOnlyList<SourceRecord>> WorklogsAsync(
        string api, IReadOnlyList<(string Id, JsonElement Entry)> entries, WorklogAuthors authors, CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>(entries.Count);
        foreach (var some in entries.Chunk(MostAtOnce))
        {
            using var answer = await ListAsync(api, some, cancellationToken);
            var worklogs = answer.Root.Items().Select(w => w.Clone()).ToList();
            records.AddRange(worklogs.Select(w => new SourceRecord(RecordKinds.Worklog, w.Text("id") ?? "", w, default)));
            records.AddRange(await authors.OfAsync(worklogs, cancellationToken));
        }

        return records;
    }

    /// <summary>Entries by id. Those we may not see are silently left out, so an answer with others belongs to another question.</summary>
    private Task<TrackerAnswer> ListAsync(string api, IReadOnlyList<(string Id, JsonElement Entry)> entries, CancellationToken cancellationToken)
    {
        var wanted = entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return OwnAnswer.OfAsync(
            client,
            () => client.AskAsync(api + "worklog/list", w => WriteIds(w, entries), cancellationToken),
            a => a.Root.ValueKind == JsonValueKind.Array && a.Root.Items().All(w => wanted.Contains(w.Text("id") ?? "")),
            "other hours than were asked for");
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
