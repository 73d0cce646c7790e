using System.Net;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Looks whether everything needed is there. Only reads.</summary>
internal sealed class JiraProbe(JiraClient client)
{
    private const string Browse = "BROWSE_PROJECTS";

    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, string> _loud = new(StringComparer.Ordinal);
    private DateTimeOffset? _tokenExpires;

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

        if (ClockNotice.Of(client, session) is { } skew)
            _problems.Add(skew);
        await LookAsync(() => LookAtTokenAsync(session, cancellationToken));
        await LookAsync(() => LookAtProjectsAsync(session, request.Projects, cancellationToken));
        await LookAsync(() => LookAtBoardsAsync(cancellationToken));
        if (session.Fields.HasRequestTypes)
            await LookAsync(() => LookAtPartAsync(JiraClient.ServiceDesk + "servicedesk?limit=1", refused: null, cancellationToken));
        foreach (var publication in request.Publications)
            await LookAsync(() => LookAtPublicationAsync(session, publication, cancellationToken));
        return Report(session);
    }

    private ProbeReport Report(JiraSession session) => new()
    {
        Reachable = true,
        Product = $"Jira {(session.IsCloud ? "Cloud" : "Data Center")} {session.Version}".TrimEnd(),
        SignedInAs = session.DisplayName,
        TimeZone = session.Zone?.Id,
        ClockSkew = session.ServerTime - session.OurTime,
        TokenExpires = _tokenExpires,
        Headroom = client.Headroom,
        LoudPublications = _loud,
        Problems = _problems,
    };

    /// <summary>One part that fails does not keep the others from being looked at; the same failure is told once.</summary>
    private async Task LookAsync(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (TrackerException e)
        {
            if (!_problems.Contains(e.Problem))
                _problems.Add(e.Problem);
        }
    }

    private async Task LookAtTokenAsync(JiraSession session, CancellationToken cancellationToken) =>
        _tokenExpires = client.TokenExpires
            ?? (!session.IsCloud && client.Options.Auth.Kind.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? await PersonalTokens.ExpiryAsync(client, cancellationToken) : null);

    private async Task LookAtProjectsAsync(JiraSession session, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var readable = new List<string>();
        foreach (var project in projects)
        {
            var granted = await Permissions.GrantedAsync(client, session, $"projectKey={Uri.EscapeDataString(project)}", [Browse], cancellationToken);
            if (granted?.Contains(Browse) == true)
            {
                readable.Add(project);
                await LookAsync(() => LookAtKeyAsync(session, project, cancellationToken));
            }
            else if (granted is not null)
                _problems.Add(Missing(Browse, $"read project '{project}'", project));
            else if (ProjectNotices.Unknown(client, session, project) is { } notice)
                _problems.Add(notice.Problem);
        }

        if (readable.Count > 0 && !await ShowsAnIssueAsync(session, readable, cancellationToken))
            _problems.Add(NoIssues(readable));
    }

    private async Task LookAtKeyAsync(JiraSession session, string project, CancellationToken cancellationToken)
    {
        if (await ProjectSight.OfAsync(client, session, project, cancellationToken) is { } shown && ProjectNotices.Renamed(client, session, project, shown) is { } notice)
            _problems.Add(notice.Problem);
    }

    /// <summary>An empty answer is no proof of anything, so it is only asked where the right to browse is known.</summary>
    private async Task<bool> ShowsAnIssueAsync(JiraSession session, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var path = JiraClient.Api(session.IsCloud) + (session.IsCloud ? "search/jql" : "search");
        using var answer = await client.AskAsync(path, w =>
        {
            w.WriteStartObject();
            w.WriteString("jql", JiraQuery.AnyOf("project", projects) + JiraQuery.Ordered);
            w.WriteNumber("maxResults", 1);
            w.WriteStartArray("fields");
            w.WriteStringValue("id");
            w.WriteEndArray();
            w.WriteEndObject();
        }, cancellationToken);
        return answer.Root.Items("issues").Any();
    }

    /// <summary>Boards, their configuration and their sprints each need a right of their own; one board shows whether it is there.</summary>
    private async Task LookAtBoardsAsync(CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(JiraClient.Agile + "board?maxResults=1", cancellationToken, HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        if (answer.Status != HttpStatusCode.OK)
            _problems.Add(BoardReader.Refused(client));
        foreach (var id in answer.Root.Items("values").Take(1).Select(b => b.Integer("id")))
        {
            await LookAsync(() => LookAtPartAsync($"{JiraClient.Agile}board/{id}/configuration", BoardReader.Refused(client), cancellationToken));
            await LookAsync(() => LookAtPartAsync($"{JiraClient.Agile}board/{id}/sprint?maxResults=1", BoardReader.Refused(client), cancellationToken));
        }
    }

    /// <summary>Whether a call lacks a scope or a right. That there is nothing is no lack.</summary>
    private async Task LookAtPartAsync(string path, Problem? refused, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(path, cancellationToken, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.Gone);
        if (answer.Status == HttpStatusCode.Forbidden && refused is not null && !_problems.Contains(refused))
            _problems.Add(refused);
    }

    private async Task LookAtPublicationAsync(JiraSession session, ProbePublication publication, CancellationToken cancellationToken)
    {
        var needed = Permissions.ToWrite(publication.Target);
        var granted = await Permissions.GrantedAsync(client, session, Anchor.Query(publication.Anchor), [.. needed, .. Permissions.Administration], cancellationToken);
        if (granted is null)
        {
            _problems.Add(Anchor.Missing(client.Name, publication.Anchor) with { Scope = publication.Id });
            return;
        }

        _problems.AddRange(needed.Where(p => !granted.Contains(p)).Select(p => Missing(p, $"write publication '{publication.Id}' on {publication.Anchor}", publication.Id)));
        if (Loudness(session, publication.Target, granted.Overlaps(Permissions.Administration)) is { } loud)
            _loud[publication.Id] = loud;
    }

    /// <summary>Why a target cannot be written without mails; null where it can.</summary>
    private static string? Loudness(JiraSession session, string target, bool administers) => (target.ToUpperInvariant(), session.IsCloud) switch
    {
        ("COMMENT", false) => "Jira Data Center sends mail for every comment that is made or edited.",
        ("COMMENT", true) => administers
            ? "Jira sends mail once, when the comment is made; later edits are silent."
            : "Without the permission to administer the project Jira sends mail for every edit of the comment.",
        ("FIELDS", _) when !administers => "Without the permission to administer the project Jira sends mail for every edit of the fields.",
        _ => null,
    };

    private Problem NoIssues(IReadOnlyList<string> projects) => new(
        "no-issues-visible",
        $"Connector '{client.Name}' may browse {string.Join(", ", projects)} and yet sees no issue there.",
        "If the projects are not simply empty, look at their issue security: the account must be in the levels that their issues have.")
    { Scope = projects.Count == 1 ? projects[0] : null };

    private Problem Missing(string permission, string purpose, string scope) => new(
        "permission-missing",
        $"Connector '{client.Name}' lacks the permission {permission} to {purpose}.",
        "Give it to the account in the project's permission scheme.") { Scope = scope };
}
