using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Sprints of the projects' boards; they have no delta. Every pass asks each active board for what runs or is planned: one that had such sprints at last sight,
/// that is new, or whose sprint an issue of this pass carries. Sprints that are over are read when they leave that list, and all of them again when the whole is reconciled.
/// </summary>
internal sealed class SprintStream(JiraClient client)
{
    /// <summary>A sprint that was closed shortly before the last sight may have been missed by it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <param name="At">The server's time of the last sight.</param>
    /// <param name="Boards">Boards that were read, with how they were seen.</param>
    /// <param name="Elsewhere">Unfinished sprints that no board of the projects shows, but issues carry.</param>
    /// <param name="Foreign">Boards of others on which sprints were made.</param>
    /// <param name="Until">The update up to which issues were read then, by the time that they tell; null: none was seen.</param>
    private sealed record Cursor(DateTimeOffset At, Dictionary<long, BoardState> Boards, IReadOnlyList<long>? Elsewhere, Dictionary<long, ForeignBoard?>? Foreign, DateTimeOffset? Until = null);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var last = CursorText.Read<Cursor>(request.Cursor);
        var isWhole = last is null || request.Depth != ReadDepth.Changes;
        var reader = new BoardReader(client);
        var boards = await reader.BoardsAsync(ProjectNotices.Known(session, request.Projects), cancellationToken);
        var sprints = new BoardSprints(reader, boards, isWhole ? new Dictionary<long, ForeignBoard?>() : last?.Foreign ?? []);
        var met = session.Sprints.Since(last?.At);
        var woken = met.Where(s => !s.IsClosed && s.Board is not null).Select(s => s.Board ?? 0).ToHashSet();
        var states = new Dictionary<long, BoardState>();
        foreach (var board in boards)
        {
            var before = isWhole ? null : last?.Boards.GetValueOrDefault(board.Id);
            var isActive = before is null || before.Open.Count > 0 || woken.Contains(board.Id);
            // What was refused stays unknown, so that it is read whole as soon as it is allowed.
            if ((isActive ? await sprints.ReadAsync(board, before, cancellationToken) : before) is { } state)
                states[board.Id] = state;
        }

        var elsewhere = await ElsewhereAsync(met, sprints, last, cancellationToken);
        if (reader.IsRefused)
            yield return new ReadNotice(BoardReader.Refused(client));
        yield return new SourcePage([.. sprints.Records], CursorText.Write(new Cursor(session.ServerTime, states, elsewhere, sprints.Foreign, session.ReadUntil ?? last?.Until)));
    }

    /// <summary>
    /// Sprints that no list has shown: unfinished ones of boards that are not the projects', and such as began and ended since the last sight. Those that are not over are followed.
    /// </summary>
    private static async Task<IReadOnlyList<long>> ElsewhereAsync(IReadOnlyCollection<MetSprint> met, BoardSprints sprints, Cursor? last, CancellationToken cancellationToken)
    {
        // Sprints and issues are of one clock, that of the answers may be another.
        var ended = (last?.Until ?? last?.At) - Overlap;
        var asked = met.Where(s => !s.IsClosed || s.Completed >= ended).Select(s => s.Id).Union(last?.Elsewhere ?? []).Where(id => !sprints.Has(id)).Order().ToList();
        var open = new List<long>();
        foreach (var id in asked)
        {
            if (await sprints.ReadOneAsync(id, null, cancellationToken))
                open.Add(id);
        }

        return open;
    }
}
