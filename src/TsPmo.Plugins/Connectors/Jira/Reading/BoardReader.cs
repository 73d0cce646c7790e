using System.Net;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>A board that may have sprints.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Home">The project it belongs to: its own one, where that is told; null where none is known.</param>
/// <param name="Projects">The projects of ours that it speaks for: its own one, where that is ours; else those it was found for that have no board of their own.</param>
internal sealed record JiraBoard(long Id, string Name, string? Home, IReadOnlyList<string> Projects);

/// <summary>Boards and paged lists of the agile API.</summary>
internal sealed class BoardReader(JiraClient client)
{
    private const string Software = "rest/software/1.0/";

    private static readonly HttpStatusCode[] NotThere = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.Gone];

    private string _root = JiraClient.Agile;

    /// <summary>Whether Jira refused to show boards, or anything of one.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>What is said where boards or their sprints are refused.</summary>
    public static Problem Refused(JiraClient client) => new(
        "boards-unavailable",
        $"Connector '{client.Name}' may not read all boards and their sprints; sprints and the boards' points fields will be missing.",
        "Give the account access to Jira Software (and the token the board and sprint scopes). Without it set Mapping:Points yourself.");

    /// <summary>
    /// The boards of the projects, each once, kanban boards left out. A project without boards, or a Jira without the agile API, has none.
    /// </summary>
    public async Task<IReadOnlyList<JiraBoard>> BoardsAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<long, (string Name, string? Own, SortedSet<string> Projects)>();
        foreach (var project in projects)
        {
            await foreach (var board in ListAsync($"board?projectKeyOrId={Uri.EscapeDataString(project)}", cancellationToken))
            {
                if (board.Integer("id") is not { } id || board.Text("type") == "kanban")
                    continue;
                if (!found.TryGetValue(id, out var known))
                    found[id] = known = (board.Text("name") ?? "", board.Member("location").Text("projectKey"), new(StringComparer.Ordinal));
                known.Projects.Add(project);
            }
        }

        var settled = found.Values.Select(b => b.Own).OfType<string>().ToHashSet(StringComparer.Ordinal);
        settled.IntersectWith(projects);
        return [.. found.Select(b => Board(b.Key, b.Value.Name, b.Value.Own, b.Value.Projects, settled))];
    }

    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="own">The project it says that it belongs to.</param>
    /// <param name="shown">The projects it was found for.</param>
    /// <param name="settled">Those of our projects that have boards of their own.</param>
    private static JiraBoard Board(long id, string name, string? own, SortedSet<string> shown, HashSet<string> settled)
    {
        IReadOnlyList<string> projects = own is not null && settled.Contains(own) ? [own] : [.. shown.Where(p => !settled.Contains(p))];
        return new(id, name, projects is [var first, ..] ? first : own ?? shown.Min ?? "", projects);
    }

    /// <summary>Sprints of a board in some states ("active,future"). A board without sprints has none; null where they are refused.</summary>
    public async Task<IReadOnlyList<JsonElement>?> SprintsAsync(long board, string states, CancellationToken cancellationToken)
    {
        var (wasRefused, sprints) = (IsRefused, new List<JsonElement>());
        IsRefused = false;
        await foreach (var sprint in ListAsync($"board/{board}/sprint?state={states}", cancellationToken))
            sprints.Add(sprint);
        var isRefused = IsRefused;
        IsRefused |= wasRefused;
        return isRefused ? null : sprints;
    }

    /// <summary>How a board estimates; undefined where it says nothing of that, null where it is refused.</summary>
    public async Task<JsonElement?> EstimationAsync(long board, CancellationToken cancellationToken)
    {
        using var answer = await NotingAsync($"board/{board}/configuration", cancellationToken);
        if (answer.Status == HttpStatusCode.Forbidden)
            return null;
        return answer.Root.Member("estimation") is var told && told.IsThere() ? told.Clone() : default(JsonElement);
    }

    /// <summary>One object of the agile API; null when it is not there for us.</summary>
    public async Task<JsonElement?> OneAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await NotingAsync(path, cancellationToken);
        return answer.Status == HttpStatusCode.OK ? answer.Root.Clone() : null;
    }

    /// <summary>A list to its end; that it is refused (403) is noted, that there is none (404, 400) is not.</summary>
    private IAsyncEnumerable<JsonElement> ListAsync(string path, CancellationToken cancellationToken) => PagedList.OfAsync(client, NotingAsync, path, cancellationToken);

    private async Task<TrackerAnswer> NotingAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(path, cancellationToken);
        IsRefused |= answer.Status == HttpStatusCode.Forbidden;
        return answer;
    }

    /// <summary>Asks the agile API, and where the cloud has taken a list away from there, the one that came in its place.</summary>
    private async Task<TrackerAnswer> GetAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(_root + path, cancellationToken, NotThere);
        if (answer.Status != HttpStatusCode.Gone || _root == Software)
            return answer;
        answer.Dispose();
        _root = Software;
        var moved = await client.GetAsync(Software + path, cancellationToken, NotThere);
        if (moved.Status != HttpStatusCode.OK)
            _root = JiraClient.Agile;
        return moved;
    }
}
