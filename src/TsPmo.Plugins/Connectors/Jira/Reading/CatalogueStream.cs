using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Fields, statuses, types and the boards' estimation fields: once a day, and whenever the projects or the fields changed. Statuses and types that
/// turn up in between come with the issues. Begins a new session, as the first stream of a pass.
/// </summary>
internal sealed class CatalogueStream(JiraClient client)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private sealed record Cursor(DateTimeOffset ReadAt, IReadOnlyList<string> Projects, IReadOnlyList<string> Fields);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SignInAsync(cancellationToken);
        var fresh = new Cursor(session.ServerTime, request.Projects, [.. session.Fields.Candidates.Select(c => $"{c.Role}:{c.Id}")]);
        if (IsFresh(CursorText.Read<Cursor>(request.Cursor), fresh))
            yield break;
        var records = new List<SourceRecord> { Fields(session.Fields) };
        await AddListAsync(records, session, "status", RecordKinds.Status, cancellationToken);
        await AddListAsync(records, session, "issuetype", RecordKinds.Type, cancellationToken);
        var boards = new BoardReader(client);
        foreach (var board in await boards.BoardsAsync(request.Projects, cancellationToken))
        {
            if (await boards.OneAsync($"board/{board.Id}/configuration", cancellationToken) is { } configuration)
                records.Add(Estimation(board, configuration));
        }

        // Refused boards are told with the sprints; here they are only asked for again in the next pass.
        yield return new SourcePage(records, CursorText.Write(boards.IsRefused ? fresh with { ReadAt = DateTimeOffset.UnixEpoch } : fresh));
    }

    private static bool IsFresh(Cursor? last, Cursor now) =>
        last is not null
        && now.ReadAt - last.ReadAt < Lifetime && now.ReadAt >= last.ReadAt
        && last.Projects.SequenceEqual(now.Projects, StringComparer.Ordinal)
        && last.Fields.SequenceEqual(now.Fields, StringComparer.Ordinal);

    private async Task AddListAsync(List<SourceRecord> records, JiraSession session, string path, string kind, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(JiraClient.Api(session.IsCloud) + path, cancellationToken);
        records.AddRange(answer.Root.Items().Select(item => new SourceRecord(kind, item.Text("id") ?? "", item.Clone(), default)));
    }

    private static SourceRecord Fields(FieldCatalogue fields) => new(RecordKinds.Fields, "fields", JiraJson.Build(w =>
    {
        w.WriteStartArray();
        foreach (var field in fields.Candidates)
        {
            w.WriteStartObject();
            w.WriteString("role", field.Role);
            w.WriteString("id", field.Id);
            w.WriteString("name", field.Name);
            w.WriteNumber("rank", field.Rank);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }), default);

    private static SourceRecord Estimation(JiraBoard board, JsonElement configuration) =>
        new(RecordKinds.Estimation, $"board/{board.Id}", JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WritePropertyName("configuration");
            w.WriteRaw(configuration);
            w.WriteStartArray("projects");
            foreach (var project in board.Projects)
                w.WriteStringValue(project);
            w.WriteEndArray();
            w.WriteEndObject();
        }), default);
}
