using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>How a board's list of sprints was last seen.</summary>
/// <param name="Closed">Number of closed sprints in it.</param>
/// <param name="Open">Ids of those that were not closed.</param>
internal sealed record BoardState(int Closed, IReadOnlyList<long> Open);

/// <summary>Collects the sprints of boards, each once.</summary>
internal sealed class BoardSprints(BoardReader reader, IReadOnlyList<JiraBoard> boards, SortedDictionary<long, SourceRecord> records)
{
    private const int ClosedReadAgain = 10;
    private readonly Dictionary<long, JiraBoard?> _foreign = [];

    /// <summary>Reads one board: all of it, or from shortly before the end of its closed sprints.</summary>
    public async Task<BoardState> ReadAsync(JiraBoard board, BoardState? before, CancellationToken cancellationToken)
    {
        var start = Math.Max(0, (before?.Closed ?? 0) - ClosedReadAgain);
        var (closed, open, seen) = (start, new List<long>(), new HashSet<long>());
        await foreach (var sprint in reader.SprintsAsync(board.Id, start, cancellationToken))
        {
            if (sprint.Integer("id") is not { } id || !seen.Add(id))
                continue;
            if (sprint.Text("state") == "closed")
                closed++;
            else
                open.Add(id);
            await AddAsync(sprint, id, board, cancellationToken);
        }

        foreach (var gone in before?.Open.Where(id => !seen.Contains(id)) ?? [])
        {
            if (await reader.OneAsync($"sprint/{gone}", cancellationToken) is { } sprint)
                await AddAsync(sprint, gone, board, cancellationToken);
        }

        return new(closed, open);
    }

    /// <summary>A sprint shown by several boards belongs to the one it was made on.</summary>
    private async Task AddAsync(JsonElement sprint, long id, JiraBoard shownBy, CancellationToken cancellationToken)
    {
        var origin = sprint.Integer("originBoardId") ?? shownBy.Id;
        var owner = boards.FirstOrDefault(b => b.Id == origin);
        if (owner is null && records.ContainsKey(id))
            return;
        owner ??= await ForeignAsync(origin, cancellationToken) ?? shownBy;
        records[id] = Record(id, sprint, owner);
    }

    /// <summary>A board of other projects, asked for once; null when it is not there for us.</summary>
    private async Task<JiraBoard?> ForeignAsync(long id, CancellationToken cancellationToken)
    {
        if (_foreign.TryGetValue(id, out var known))
            return known;
        return _foreign[id] = await reader.OneAsync($"board/{id}", cancellationToken) is { } board
            ? new(id, board.Text("name") ?? "", board.Member("location").Text("projectKey") is { } project ? [project] : [])
            : null;
    }

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
