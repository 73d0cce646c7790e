using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Sprints of each board. Once a day all of them; in between one page that begins shortly before the end of the closed ones (a list goes closed, active,
/// future), which shows everything that runs, is planned or has just been closed; one that ran and is not on that page is asked for by itself.
/// </summary>
internal sealed class SprintStream(JiraClient client)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private sealed record Cursor(DateTimeOffset FullAt, Dictionary<long, BoardState> Boards);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var last = CursorText.Read<Cursor>(request.Cursor);
        var age = last is null ? Lifetime : session.ServerTime - last.FullAt;
        var isFull = last is null || age >= Lifetime || age < TimeSpan.Zero;
        var reader = new BoardReader(client);
        var boards = await reader.BoardsAsync(ProjectNotices.Known(session, request.Projects), cancellationToken);
        var records = new SortedDictionary<long, SourceRecord>();
        var states = new Dictionary<long, BoardState>();
        var sprints = new BoardSprints(reader, boards, records);
        foreach (var board in boards)
        {
            var before = isFull ? null : last?.Boards.GetValueOrDefault(board.Id);
            states[board.Id] = await sprints.ReadAsync(board, before, cancellationToken);
        }

        // What was refused is read whole as soon as it is allowed, so the cursor stays where it was.
        if (reader.IsRefused)
            yield return new ReadNotice(BoardReader.Refused(client));
        var cursor = reader.IsRefused ? last ?? new Cursor(DateTimeOffset.UnixEpoch, []) : new Cursor(isFull ? session.ServerTime : last?.FullAt ?? session.ServerTime, states);
        yield return new SourcePage([.. records.Values], CursorText.Write(cursor));
    }
}
