using System.Collections.Concurrent;
using System.Net;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Discovery;

/// <summary>A board with what it estimates in and whether it has sprints.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Project">Key of the project it belongs to; null where the board does not tell.</param>
/// <param name="HasSprints">Whether work is planned in sprints.</param>
/// <param name="EstimationField">Id of the field its estimates are in; null where there is none.</param>
internal sealed record SurveyedBoard(long Id, string Name, string? Project, bool HasSprints, string? EstimationField);

/// <summary>All boards that can be seen. Costs a request per board, and is only made when somebody asks for a draft.</summary>
internal sealed class BoardSurvey(JiraClient client)
{
    private const string Agile = "rest/agile/1.0/";
    private static readonly HttpStatusCode[] None = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.BadRequest];

    /// <summary>Whether Jira does not show boards at all.</summary>
    public bool IsRefused { get; private set; }

    public async Task<IReadOnlyList<SurveyedBoard>> RunAsync(CancellationToken cancellationToken)
    {
        using (var first = await client.GetAsync(Agile + "board?maxResults=1", cancellationToken, None))
        {
            if (first.Status != HttpStatusCode.OK)
            {
                IsRefused = true;
                return [];
            }
        }

        var found = new Dictionary<long, (string Name, string? Project, string Type)>();
        await foreach (var board in PagedList.OfAsync(client, Agile + "board", cancellationToken))
        {
            if (board.Integer("id") is { } id)
                found[id] = (board.Text("name") ?? "", board.Member("location").Text("projectKey"), board.Text("type") ?? "");
        }

        var surveyed = new ConcurrentBag<SurveyedBoard>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = client.Options.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(found, limits, async (board, token) => surveyed.Add(await LookAsync(board.Key, board.Value, token)));
        return [.. surveyed.OrderBy(b => b.Id)];
    }

    private async Task<SurveyedBoard> LookAsync(long id, (string Name, string? Project, string Type) board, CancellationToken cancellationToken)
    {
        if (board.Type == "kanban")
            return new(id, board.Name, board.Project, HasSprints: false, EstimationField: null);
        using var configuration = await client.GetAsync($"{Agile}board/{id}/configuration", cancellationToken, None);
        var field = configuration.Root.Member("estimation").Member("field").Text("fieldId");
        return new(id, board.Name, board.Project, board.Type == "scrum" || await HasSprintsAsync(id, cancellationToken), field);
    }

    /// <summary>A board of a team-managed project has sprints or not, whatever its type is called; one without refuses the list.</summary>
    private async Task<bool> HasSprintsAsync(long id, CancellationToken cancellationToken)
    {
        using var sprints = await client.GetAsync($"{Agile}board/{id}/sprint?maxResults=1", cancellationToken, None);
        return sprints.Status == HttpStatusCode.OK;
    }
}
