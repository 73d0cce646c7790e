using System.Net;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Looks whether everything needed is there. Only reads.</summary>
internal sealed class JiraProbe(JiraClient client)
{
    public async Task<ProbeReport> RunAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        JiraSession session;
        try
        {
            session = await client.SignInAsync(cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Reachable = e.Status is not null, Problems = [e.Problem] };
        }

        var problems = new List<Problem>();
        var loud = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var project in request.Projects)
                await LookAtProjectAsync(session, project, problems, cancellationToken);
            await LookAtBoardsAsync(problems, cancellationToken);
            foreach (var publication in request.Publications)
                await LookAtPublicationAsync(session, publication, problems, loud, cancellationToken);
        }
        catch (TrackerException e)
        {
            problems.Add(e.Problem);
        }

        return Report(session, problems, loud);
    }

    private ProbeReport Report(JiraSession session, IReadOnlyList<Problem> problems, Dictionary<string, string> loud) => new()
    {
        Reachable = true,
        Product = $"Jira {(session.IsCloud ? "Cloud" : "Data Center")} {session.Version}".TrimEnd(),
        SignedInAs = session.DisplayName,
        TimeZone = session.Zone?.Id,
        ClockSkew = session.ServerTime - session.OurTime,
        Headroom = client.Headroom,
        LoudPublications = loud,
        Problems = problems,
    };

    private async Task LookAtProjectAsync(JiraSession session, string project, List<Problem> problems, CancellationToken cancellationToken)
    {
        var granted = await GrantedAsync(session, $"projectKey={Uri.EscapeDataString(project)}", ["BROWSE_PROJECTS"], cancellationToken);
        if (granted is null)
        {
            if (ProjectNotices.Unknown(client, session, project) is { } notice)
                problems.Add(notice.Problem);
        }
        else if (!granted.Contains("BROWSE_PROJECTS"))
        {
            problems.Add(Missing("BROWSE_PROJECTS", $"read project '{project}'", project));
        }
    }

    private async Task LookAtBoardsAsync(List<Problem> problems, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync("rest/agile/1.0/board?maxResults=1", cancellationToken, HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        if (answer.Status != HttpStatusCode.OK)
            problems.Add(BoardReader.Refused(client));
    }

    private async Task LookAtPublicationAsync(
        JiraSession session, ProbePublication publication, List<Problem> problems, Dictionary<string, string> loud, CancellationToken cancellationToken)
    {
        var isComment = publication.Target.Equals("Comment", StringComparison.OrdinalIgnoreCase);
        string[] needed = isComment ? ["ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"] : ["EDIT_ISSUES"];
        var granted = await GrantedAsync(session, Anchor.Query(publication.Anchor), [.. needed, .. Permissions.Administration], cancellationToken);
        if (granted is null)
        {
            problems.Add(Anchor.Missing(client.Name, publication.Anchor) with { Scope = publication.Id });
            return;
        }

        problems.AddRange(needed.Where(p => !granted.Contains(p)).Select(p => Missing(p, $"write publication '{publication.Id}' on {publication.Anchor}", publication.Id)));
        if (!isComment)
            return;
        if (!session.IsCloud)
            loud[publication.Id] = "Jira Data Center sends mail for every comment that is made or edited.";
        else if (!granted.Overlaps(Permissions.Administration))
            loud[publication.Id] = "Without the permission to administer the project Jira sends mail for every edit of the comment.";
        else
            loud[publication.Id] = "Jira sends mail once, when the comment is made; later edits are silent.";
    }

    private async Task<HashSet<string>?> GrantedAsync(JiraSession session, string of, IReadOnlyList<string> asked, CancellationToken cancellationToken) =>
        await Permissions.GrantedAsync(client, session, of, asked, cancellationToken);

    private Problem Missing(string permission, string purpose, string scope) => new(
        "permission-missing",
        $"Connector '{client.Name}' lacks the permission {permission} to {purpose}.",
        "Give it to the account in the project's permission scheme.") { Scope = scope };
}
