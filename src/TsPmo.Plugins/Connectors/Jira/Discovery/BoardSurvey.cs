using System.Collections.Concurrent;
using System.Net;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Discovery;

/// <summary>A board with what it estimates in and whether it has sprints.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Projects">Keys of the projects it is for; its own one alone where the board tells it.</param>
/// <param name="HasSprints">Whether work is planned in sprints.</param>
/// <param name="EstimationField">Id of the field its estimates are in; null where there is none.</param>
internal sealed record SurveyedBoard(long Id, string Name, IReadOnlyList<string> Projects, bool HasSprints, string? EstimationField);

/// <summary>All boards that can be seen. Costs a request per board, and is only made when somebody asks for a draft.</summary>
internal sealed class BoardSurvey(JiraClient client)
{
    private static readonly HttpStatusCode[] None = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest];

    /// <summary>Whether Jira does not show boards at all.</summary>
    public bool IsRefused { get; private set; }

    /// <param name="projects">Keys of the projects to look for where a board does not tell its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SurveyedBoard>> RunAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        using (var first = await client.GetAsync(JiraClient.Agile + "board?maxResults=1", cancellationToken, None))
        {
            if (first.Status != HttpStatusCode.OK)
            {
                IsRefused = true;
                return [];
            }
        }

        var found = new Dictionary<long, Board>();
        await foreach (var board in PagedList.OfAsync(client, JiraClient.Agile + "board", cancellationToken))
        {
            if (board.Integer("id") is { } id)
                found[id] = new(id, board.Text("name") ?? "", board.Text("type") ?? "", board.Member("location").Text("projectKey"));
        }

        if (found.Values.Any(b => b.Own is null))
            await AskProjectsAsync(found, projects, cancellationToken);
        var surveyed = new ConcurrentBag<SurveyedBoard>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = client.Options.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(found.Values, limits, async (board, token) => surveyed.Add(await LookAsync(board, token)));
        return [.. surveyed.OrderBy(b => b.Id)];
    }

    /// <summary>Data Center does not tell where a board belongs, only which boards show a project's issues.</summary>
    private async Task AskProjectsAsync(Dictionary<long, Board> boards, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        foreach (var project in projects)
        {
            await foreach (var board in PagedList.OfAsync(client, $"{JiraClient.Agile}board?projectKeyOrId={Uri.EscapeDataString(project)}", cancellationToken, None))
            {
                if (board.Integer("id") is { } id && boards.TryGetValue(id, out var known) && known.Own is null)
                    known.Shows.Add(project);
            }
        }
    }

    private async Task<SurveyedBoard> LookAsync(Board board, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> projects = board.Own is { } own ? [own] : board.Shows;
        if (board.Type == "kanban")
            return new(board.Id, board.Name, projects, HasSprints: false, EstimationField: null);
        using var configuration = await client.GetAsync($"{JiraClient.Agile}board/{board.Id}/configuration", cancellationToken, None);
        var field = configuration.Root.Member("estimation").Member("field").Text("fieldId");
        return new(board.Id, board.Name, projects, board.Type == "scrum" || await HasSprintsAsync(board.Id, cancellationToken), field);
    }

    /// <summary>A board of a team-managed project has sprints or not, whatever its type is called; one without refuses the list.</summary>
    private async Task<bool> HasSprintsAsync(long id, CancellationToken cancellationToken)
    {
        using var sprints = await client.GetAsync($"{JiraClient.Agile}board/{id}/sprint?maxResults=1", cancellationToken, None);
        return sprints.Status == HttpStatusCode.OK;
    }

    private sealed record Board(long Id, string Name, string Type, string? Own)
    {
        public List<string> Shows { get; } = [];
    }
}
