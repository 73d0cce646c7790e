using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Sprints of each board. Once a day all of them; in between one page that begins shortly before the end of the closed ones (a list goes closed, active,
/// future), which shows everything that runs, is planned or has just been closed; one that ran and is not on that page is asked for by itself.
/// </summary>
internal sealed class SprintStream(JiraClient client)
{
    private const int ClosedReadAgain = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly BoardReader _boards = new(client);

    private sealed record Cursor(DateTimeOffset FullAt, Dictionary<long, BoardState> Boards);

    /// <param name="Closed">Number of closed sprints in the board's list.</param>
    /// <param name="Open">Ids of those that were not closed.</param>
    private sealed record BoardState(int Closed, IReadOnlyList<long> Open);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var last = CursorText.Read<Cursor>(request.Cursor);
        var age = last is null ? Lifetime : session.ServerTime - last.FullAt;
        var isFull = last is null || age >= Lifetime || age < TimeSpan.Zero;
        var boards = await _boards.BoardsAsync(ProjectNotices.Known(session, request.Projects), cancellationToken);
        var records = new SortedDictionary<long, SourceRecord>();
        var states = new Dictionary<long, BoardState>();
        foreach (var board in boards)
        {
            var before = isFull ? null : last?.Boards.GetValueOrDefault(board.Id);
            states[board.Id] = await ReadBoardAsync(board, before, boards, records, cancellationToken);
        }

        yield return new SourcePage([.. records.Values], CursorText.Write(new Cursor(isFull ? session.ServerTime : last?.FullAt ?? session.ServerTime, states)));
    }

    private async Task<BoardState> ReadBoardAsync(
        JiraBoard board, BoardState? before, IReadOnlyList<JiraBoard> boards, SortedDictionary<long, SourceRecord> records, CancellationToken cancellationToken)
    {
        var start = Math.Max(0, (before?.Closed ?? 0) - ClosedReadAgain);
        var (closed, open, seen) = (start, new List<long>(), new HashSet<long>());
        await foreach (var sprint in _boards.SprintsAsync(board.Id, start, cancellationToken))
        {
            if (sprint.Integer("id") is not { } id || !seen.Add(id))
                continue;
            if (sprint.Text("state") == "closed")
                closed++;
            else
                open.Add(id);
            await AddAsync(sprint, id, board, boards, records, cancellationToken);
        }

        foreach (var gone in before?.Open.Where(id => !seen.Contains(id)) ?? [])
        {
            if (await _boards.OneAsync($"sprint/{gone}", cancellationToken) is { } sprint)
                await AddAsync(sprint, gone, board, boards, records, cancellationToken);
        }

        return new(closed, open);
    }

    /// <summary>A sprint shown by several boards belongs to the one it was made on.</summary>
    private async Task AddAsync(
        JsonElement sprint, long id, JiraBoard shownBy, IReadOnlyList<JiraBoard> boards, SortedDictionary<long, SourceRecord> records, CancellationToken cancellationToken)
    {
        var origin = sprint.Integer("originBoardId") ?? shownBy.Id;
        var owner = boards.FirstOrDefault(b => b.Id == origin);
        if (owner is null && records.ContainsKey(id))
            return;
        owner ??= await ForeignAsync(origin, cancellationToken) ?? shownBy;
        records[id] = Record(id, sprint, owner);
    }

    private async Task<JiraBoard?> ForeignAsync(long id, CancellationToken cancellationToken) =>
        await _boards.OneAsync($"board/{id}", cancellationToken) is { } board
            ? new(id, board.Text("name") ?? "", board.Member("location").Text("projectKey") is { } project ? [project] : [])
            : null;

    private static SourceRecord Record(long id, JsonElement sprint, JiraBoard board) =>
        new(RecordKinds.Sprint, id.ToString(System.Globalization.CultureInfo.InvariantCulture), JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("board", board.Name);
            w.WriteString("project", board.Projects.Count > 0 ? board.Projects[0] : null);
            w.WritePropertyName("sprint");
            w.WriteRaw(sprint);
            w.WriteEndObject();
        }), default);
}
