using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>How a board's list of sprints was last seen.</summary>
/// <param name="Open">Ids of those that were running or planned; none: nothing happens there until an issue carries a new one.</param>
internal sealed record BoardState(IReadOnlyList<long> Open);

/// <summary>A board that is no board of the projects, but on which some of their sprints were made.</summary>
internal sealed record ForeignBoard(string Name, string? Project);

/// <summary>Collects the sprints of boards, each once.</summary>
internal sealed class BoardSprints(BoardReader reader, IReadOnlyList<JiraBoard> boards, IReadOnlyDictionary<long, ForeignBoard?> foreign)
{
    private const string All = "closed,active,future";
    private const string Unfinished = "active,future";

    private readonly SortedDictionary<long, SourceRecord> _records = [];

    /// <summary>What was found, by sprint.</summary>
    public IReadOnlyCollection<SourceRecord> Records => _records.Values;

    /// <summary>Boards of others that were asked about; null where they are not there for us.</summary>
    public Dictionary<long, ForeignBoard?> Foreign { get; } = foreign.ToDictionary();

    public bool Has(long sprint) => _records.ContainsKey(sprint);

    /// <summary>Reads one board: all of it where nothing was known, else what runs or is planned and what does so no longer. Null where it is refused.</summary>
    public async Task<BoardState?> ReadAsync(JiraBoard board, BoardState? before, CancellationToken cancellationToken)
    {
        if (await reader.SprintsAsync(board.Id, before is null ? All : Unfinished, cancellationToken) is not { } sprints)
            return null;
        var (open, seen) = (new List<long>(), new HashSet<long>());
        foreach (var sprint in sprints)
        {
            if (sprint.Integer("id") is not { } id || !seen.Add(id))
                continue;
            if (!IsClosed(sprint))
                open.Add(id);
            await AddAsync(sprint, id, board, cancellationToken);
        }

        foreach (var gone in before?.Open.Where(id => !seen.Contains(id)) ?? [])
            await ReadOneAsync(gone, board, cancellationToken);
        return new(open);
    }

    /// <summary>Reads a sprint by itself; whether it is there and not over.</summary>
    public async Task<bool> ReadOneAsync(long id, JiraBoard? shownBy, CancellationToken cancellationToken)
    {
        if (await reader.OneAsync($"sprint/{id}", cancellationToken) is not { } sprint)
            return false;
        await AddAsync(sprint, id, shownBy, cancellationToken);
        return !IsClosed(sprint);
    }

    private static bool IsClosed(JsonElement sprint) => string.Equals(sprint.Text("state"), "closed", StringComparison.OrdinalIgnoreCase);

    /// <summary>A sprint shown by several boards belongs to the one it was made on.</summary>
    private async Task AddAsync(JsonElement sprint, long id, JiraBoard? shownBy, CancellationToken cancellationToken)
    {
        var origin = sprint.Integer("originBoardId") ?? shownBy?.Id;
        var owner = boards.FirstOrDefault(b => b.Id == origin);
        if (owner is null && _records.ContainsKey(id))
            return;
        owner ??= (origin is { } elsewhere ? await ForeignAsync(elsewhere, cancellationToken) : null) ?? shownBy;
        _records[id] = Record(id, sprint, owner);
    }

    private async Task<JiraBoard?> ForeignAsync(long id, CancellationToken cancellationToken)
    {
        if (!Foreign.TryGetValue(id, out var known))
        {
            Foreign[id] = known = await reader.OneAsync($"board/{id}", cancellationToken) is { } board
                ? new(board.Text("name") ?? "", board.Member("location").Text("projectKey"))
                : null;
        }

        return known is null ? null : new(id, known.Name, known.Project, []);
    }

    private static SourceRecord Record(long id, JsonElement sprint, JiraBoard? board) =>
        new(RecordKinds.Sprint, id.ToString(CultureInfo.InvariantCulture), JiraJson.Build(w =>
        {
            w.WriteStartObject();
            w.WriteString("board", board?.Name);
            w.WriteString("project", board?.Home);
            w.WritePropertyName("sprint");
            w.WriteRaw(sprint);
            w.WriteEndObject();
        }), default);
}
