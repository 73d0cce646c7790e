using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Reading;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Discovery;

/// <summary>Tells what there is to be configured: projects with their boards, statuses, fields that may hold points. Only reads.</summary>
internal sealed class JiraDiscovery(JiraClient client)
{
    private readonly List<Problem> _problems = [];

    public async Task<Model.Contracts.Discovery> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SignInAsync(cancellationToken);
            var listed = await LookAsync(() => ProjectsAsync(session, cancellationToken)) ?? [];
            var boards = await LookAsync(() => BoardsAsync([.. listed.Select(p => p.Key)], cancellationToken)) ?? [];
            IReadOnlyList<DiscoveredProject> projects = [.. listed.Select(p => WithBoards(p, boards))];
            var statuses = await LookAsync(() => StatusesAsync(session, cancellationToken)) ?? [];
            _problems.AddRange(PointsFields.Ambiguities(client.Name, session.Fields));
            return new() { Projects = projects, Statuses = statuses, PointsFields = PointsFields.Of(session.Fields, boards), Problems = _problems };
        }
        catch (TrackerException e)
        {
            return new() { Problems = [e.Problem] };
        }
    }

    /// <summary>One part that fails leaves the others.</summary>
    private async Task<IReadOnlyList<T>?> LookAsync<T>(Func<Task<IReadOnlyList<T>>> look)
    {
        try
        {
            return await look();
        }
        catch (TrackerException e)
        {
            if (!_problems.Contains(e.Problem))
                _problems.Add(e.Problem);
            return null;
        }
    }

    private async Task<IReadOnlyList<SurveyedBoard>> BoardsAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var survey = new BoardSurvey(client);
        var boards = await survey.RunAsync(projects, cancellationToken);
        if (survey.IsRefused)
            _problems.Add(BoardReader.Refused(client));
        return boards;
    }

    private async Task<IReadOnlyList<DiscoveredProject>> ProjectsAsync(JiraSession session, CancellationToken cancellationToken)
    {
        var projects = new List<DiscoveredProject>();
        // Data Center gives all projects in one array.
        await foreach (var project in PagedList.OfAsync(client, JiraClient.Api(session.IsCloud) + (session.IsCloud ? "project/search" : "project"), cancellationToken))
        {
            if (project.Text("key") is { Length: > 0 } key)
                projects.Add(new(key, project.Text("name") ?? key, [], [], HasSprints: false));
        }

        if (projects.Count == 0)
            _problems.Add(NoProjects());
        return [.. projects.DistinctBy(p => p.Key).OrderBy(p => p.Key, StringComparer.Ordinal)];
    }

    private static DiscoveredProject WithBoards(DiscoveredProject project, IReadOnlyList<SurveyedBoard> boards)
    {
        var own = boards.Where(b => b.Projects.Contains(project.Key, StringComparer.Ordinal)).ToList();
        return project with { Boards = [.. own.Select(b => b.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], HasSprints = own.Any(b => b.HasSprints) };
    }

    private async Task<IReadOnlyList<DiscoveredStatus>> StatusesAsync(JiraSession session, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(JiraClient.Api(session.IsCloud) + "status", cancellationToken);
        var named = answer.Root.Items().Select(s => (Name: s.Text("name") ?? "", State: CatalogueFacts.State(s.Member("statusCategory").Text("key")))).Where(s => s.Name.Length > 0);
        var meanings = StatusMeanings.Of(client.Name, "statuses", named);
        _problems.AddRange(meanings.Problems);
        return meanings.Statuses;
    }

    private Problem NoProjects() => new(
        "no-projects-visible",
        $"Connector '{client.Name}' is signed in and sees no project.",
        "Give the account the permission to browse the projects that are to be read.");
}
