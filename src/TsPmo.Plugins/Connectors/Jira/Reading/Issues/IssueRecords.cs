using System.Buffers;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Makes records of issues with their histories, and, once per reading, of the people, statuses and types that turn up in them.</summary>
internal sealed class IssueRecords(JiraClient client, JiraSession session)
{
    private const int PerPage = 100;
    private readonly HistoryReader _histories = new(client);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly EpicKeys _epics = new(client, session);
    private readonly ProjectKeys _projects = new(client, session);
    private readonly RemoteLinks _remote = new(client, session);
    private readonly Mentions _mentions = new(session);

    /// <summary>How many issues are best taken together; never less than a page of a search.</summary>
    public int BatchSize => session.IsCloud ? _histories.BatchSize : 1;

    /// <summary>Fetches everything a batch needs. Its pages are made one by one as they are taken, so that only one is there at a time.</summary>
    /// <param name="batch">Issues as found.</param>
    /// <param name="linksKnownUntil">Remote links that changed before this are known; null: none are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IEnumerable<IReadOnlyList<SourceRecord>>> OfAsync(
        IReadOnlyList<FoundIssue> batch, DateTimeOffset? linksKnownUntil, CancellationToken cancellationToken)
    {
        var histories = session.IsCloud
            ? await _histories.FetchAsync(batch.Select(i => i.Id), cancellationToken)
            : HistoryReader.Inline(batch);
        var remote = await _remote.ReadAsync(batch.Select(i => i.Id), histories, linksKnownUntil, cancellationToken);
        var epics = await _epics.ResolveAsync(batch, cancellationToken);
        var context = IssueContext.Write(session.Fields, session.BrowseBase, epics, await _projects.ResolveAsync(histories.Projects, cancellationToken));
        return batch.Chunk(PerPage).Select(some => Page(some, histories, remote, context));
    }

    private List<SourceRecord> Page(
        IReadOnlyList<FoundIssue> issues, ChangelogMerge histories, IReadOnlyDictionary<string, JsonElement> remote, JsonElement context)
    {
        var records = new List<SourceRecord>(issues.Count + 8);
        foreach (var issue in issues)
        {
            var body = Body(issue, histories, remote);
            _mentions.In(body);
            records.Add(new(RecordKinds.Issue, issue.Id, body, context));
        }

        records.AddRange(_mentions.Take());
        return records;
    }

    /// <summary>A body in memory of its own and just as large as it must be: whole pages would be too large to be freed cheaply, and pooled memory would never come back.</summary>
    private JsonElement Body(FoundIssue issue, ChangelogMerge histories, IReadOnlyDictionary<string, JsonElement> remote)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer))
            Write(writer, issue, histories, remote);
        var reader = new Utf8JsonReader(_buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, FoundIssue issue, ChangelogMerge histories, IReadOnlyDictionary<string, JsonElement> remote)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("issue");
        writer.WriteRawValue(issue.Json, skipInputValidation: true);
        writer.WriteStartArray("histories");
        foreach (var history in histories.Of(issue.Id))
            writer.WriteRawValue(history, skipInputValidation: true);
        writer.WriteEndArray();
        if (remote.TryGetValue(issue.Id, out var links))
        {
            writer.WritePropertyName("remoteLinks");
            writer.WriteRaw(links);
        }

        writer.WriteEndObject();
    }
}
