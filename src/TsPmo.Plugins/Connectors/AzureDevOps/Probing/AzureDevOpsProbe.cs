using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Publishing.WikiPage;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Probing;

/// <summary>Looks whether everything is there that reading and writing need. Changes nothing: writes are only validated.</summary>
internal sealed class AzureDevOpsProbe(ConnectorSetup setup, AzureDevOpsClient client)
{
    private readonly ProbeProblems _words = new(setup.Name, client);
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, string> _loud = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _environments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Rights _rights = new(client);
    private readonly DeploymentTargets _targets = new(client);
    private IReadOnlyList<TeamProject> _projects = [];

    public async Task<ProbeReport> RunAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        client.BeginSignIn();
        if (client.SurplusOfAddress is { } surplus)
            _problems.Add(_words.AddressTooLong(surplus));
        ApiAnswer who;
        try
        {
            who = await client.GetAsync("connectionData", "_apis/connectionData", cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Reachable = e.Status is not null, Problems = [.. _problems, e.Problem] };
        }

        var asked = setup.Clock.GetUtcNow();
        var caller = Caller.Of(who.Body);
        if (caller.IsAnonymous)
            return new() { Reachable = true, Problems = [.. _problems, _words.Anonymous()] };
        var skew = RateLimitHeaders.ServerTime(who.Headers) - asked;
        if (skew is { } apart && _words.Skewed(apart) is { } problem)
            _problems.Add(problem);
        await LookAtProjectsAsync(request.Projects, cancellationToken);
        foreach (var publication in request.Publications)
            await LookAsync(publication.Id, () => LookAtAsync(publication, cancellationToken));
        return Report(caller, skew);
    }

    private ProbeReport Report(Caller caller, TimeSpan? skew) => new()
    {
        Reachable = true,
        Product = $"{caller.Product}, API {client.Version}",
        SignedInAs = caller.Name,
        ClockSkew = skew,
        TokenExpires = client.TokenExpires,
        Headroom = client.Headroom,
        LoudPublications = _loud,
        Environments = _environments,
        Problems = _problems,
    };

    private async Task LookAtProjectsAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (!await LookAsync(null, async () => _projects = await client.ProjectsAsync(cancellationToken)))
            return;
        // Without the work items of the whole organisation nothing else is worth reading.
        await LookAsync(null, () => client.GetAsync("wit/reporting", "_apis/wit/reporting/workitemrevisions", cancellationToken, ("$maxPageSize", "1")));
        foreach (var name in wanted)
        {
            if (Project(name) is { } project)
                await LookAtAsync(project, cancellationToken);
            else
                _problems.Add(ReadingScope.Unknown(setup.Name, client.Base, name));
        }
    }

    private async Task LookAtAsync(TeamProject project, CancellationToken cancellationToken)
    {
        await LookAsync(project.Name, async () =>
        {
            if (!(await ProjectRead.AnyItemAsync(client, project, cancellationToken)).Body.Items("workItems").Any())
                _problems.Add(_words.NoItems(project.Name));
        });
        var names = new List<string>();
        foreach (var read in ProjectRead.All(_targets, names))
            await LookAsync(project.Name, () => read.Ask(client, project, cancellationToken), e => _words.Refused(e, read, project.Name));
        _environments[project.Name] = DeploymentTargets.Names(names);
    }

    private Task LookAtAsync(ProbePublication publication, CancellationToken cancellationToken) =>
        publication.Target.Equals("WikiPage", StringComparison.OrdinalIgnoreCase) ? LookAtPageAsync(publication, cancellationToken) : LookAtItemAsync(publication, cancellationToken);

    private async Task LookAtItemAsync(ProbePublication publication, CancellationToken cancellationToken)
    {
        var isComment = publication.Target.Equals("Comment", StringComparison.OrdinalIgnoreCase);
        if (isComment)
            _loud[publication.Id] = "Azure DevOps mails about every comment; no option silences it.";
        var anchor = new AnchorItem(client);
        var found = await anchor.FindAsync(publication.Anchor, cancellationToken);
        if (found.Problem is { } problem)
            _problems.Add(problem with { Scope = publication.Id });
        if (found.Item is not { } item)
            return;
        if (!isComment && Project(item.Project) is { } project && await _rights.MayBeSilentAsync(project, cancellationToken) == false)
            _loud[publication.Id] = $"The account lacks the permission \"Suppress notifications for work item updates\" in project {project.Name}.";
        await LookAsync(publication.Id, () => anchor.ValidateAsync(item, cancellationToken), e => _words.MayNotWrite(e, publication));
    }

    /// <summary>Whether there is a wiki to write into, and the page can be read. Whether it may be written shows with the first write: wikis have no trial.</summary>
    private async Task LookAtPageAsync(ProbePublication publication, CancellationToken cancellationToken)
    {
        var pages = new WikiPages(client);
        var (place, problem) = await pages.FindAsync(publication.Anchor, cancellationToken);
        if (problem is not null)
            _problems.Add(problem with { Scope = publication.Id });
        if (place is not null)
            await pages.GetAsync(place, cancellationToken);
    }

    private TeamProject? Project(string name) => _projects.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>One part that fails leaves the others; the same failure is told once. False when it failed.</summary>
    private async Task<bool> LookAsync(string? scope, Func<Task> look, Func<TrackerException, Problem?>? word = null)
    {
        try
        {
            await look();
            return true;
        }
        catch (TrackerException e)
        {
            var problem = word is null ? e.Problem : word(e);
            if (problem is not null && !_problems.Exists(p => p.Code == problem.Code && p.Message == problem.Message))
                _problems.Add(problem with { Scope = problem.Scope ?? scope });
            // The sign-in itself was proven: what is refused now is refused to this token, and says nothing about the rest.
            if (e.Status is 401 or 403)
                client.BeginSignIn();
            return false;
        }
    }
}
