using System.Globalization;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Probing;

/// <summary>Looks whether everything is there that reading and writing need. Changes nothing: writes are only validated.</summary>
internal sealed class AzureDevOpsProbe(string connector, AzureDevOpsClient client, TimeProvider clock)
{
    private readonly List<Problem> _problems = [];

    public async Task<ProbeReport> RunAsync(ProbeRequest request, CancellationToken cancellationToken)
    {
        var who = await TryAsync(null, () => client.GetAsync("connectionData", "_apis/connectionData", cancellationToken));
        if (who is null)
            return new() { Reachable = _problems.TrueForAll(p => p.Code is not ("unreachable" or "timeout")), Problems = _problems };
        var user = who.Body.Child("authenticatedUser");
        if (IsAnonymous(user.Text("providerDisplayName"), user.Text("subjectDescriptor") ?? user.Text("descriptor")))
        {
            _problems.Add(Anonymous());
            return new() { Reachable = true, Problems = _problems };
        }

        await LookAtProjectsAsync(request.Projects, cancellationToken);
        await TryAsync("work items", () => client.GetAsync("wit/reporting", "_apis/wit/reporting/workitemrevisions", cancellationToken, ("$maxPageSize", "1")));
        var loud = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var publication in request.Publications)
            await LookAtAsync(publication, loud, cancellationToken);
        return new()
        {
            Reachable = true,
            Product = Product(who.Body.Text("deploymentType")),
            SignedInAs = user.Child("properties").Child("Account").Text("$value") ?? user.Text("uniqueName") ?? user.Text("providerDisplayName"),
            ClockSkew = RateLimitHeaders.ServerTime(who.Headers) is { } theirs ? theirs - clock.GetUtcNow() : null,
            Headroom = Headroom(who.Headers),
            LoudPublications = loud,
            Problems = _problems,
        };
    }

    private async Task LookAtProjectsAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        if (await TryAsync("projects", () => client.ProjectsAsync(cancellationToken)) is not { } found)
            return;
        foreach (var name in wanted)
        {
            if (found.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } project)
                await LookAtAsync(project, cancellationToken);
            else
                _problems.Add(ReadingScope.Unknown(connector, client.Base, name));
        }
    }

    /// <summary>One cheap read of each thing that has a permission of its own.</summary>
    private async Task LookAtAsync(TeamProject project, CancellationToken cancellationToken)
    {
        await TryAsync(project.Name, () => client.GetAsync("build/builds", $"{project.Segment}/_apis/build/builds", cancellationToken, ("$top", "1")));
        await TryAsync(project.Name, () => client.GetAsync("distributedtask/environments", $"{project.Segment}/_apis/distributedtask/environments", cancellationToken, ("$top", "1")));
        await TryAsync(project.Name, () => client.GetAsync("release/deployments", $"{client.Release}/{project.Segment}/_apis/release/deployments", cancellationToken, ("$top", "1")));
    }

    private async Task LookAtAsync(ProbePublication publication, Dictionary<string, string> loud, CancellationToken cancellationToken)
    {
        if (publication.Target.Equals("Comment", StringComparison.OrdinalIgnoreCase))
            loud[publication.Id] = "Azure DevOps mails about every comment; no option silences it.";
        var anchor = new AnchorItem(client);
        if (await TryAsync(publication.Id, () => anchor.FindAsync(publication.Anchor, cancellationToken)) is not { } found)
            return;
        if (found.Problem is { } problem)
            _problems.Add(problem with { Scope = publication.Id });
        else if (found.Item is { } item)
            await TryAsync(publication.Id, () => anchor.ValidateAsync(item, cancellationToken));
    }

    private async Task<T?> TryAsync<T>(string? scope, Func<Task<T>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (TrackerException e)
        {
            _problems.Add(scope is null ? e.Problem : e.Problem with { Scope = scope });
            return null;
        }
    }

    private Problem Anonymous() => new(
        "authentication-failed",
        $"Connector '{connector}' is answered by {client.Base} as an anonymous caller.",
        $"Check TsPmo:Connectors:{connector}:Auth: Basic with a personal access token of this organisation, or Bearer with an Entra ID token.");

    private static bool IsAnonymous(string? name, string? descriptor) =>
        string.Equals(name, "Anonymous", StringComparison.OrdinalIgnoreCase) || descriptor?.Contains("Anonymous", StringComparison.OrdinalIgnoreCase) == true;

    private string Product(string? deployment) =>
        $"{(string.Equals(deployment, "hosted", StringComparison.OrdinalIgnoreCase) ? "Azure DevOps Services" : "Azure DevOps Server")}, API {client.Version}";

    private static string? Headroom(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.TryGetValue("X-RateLimit-Remaining", out var left))
            return string.Create(CultureInfo.InvariantCulture, $"{left} of {headers.GetValueOrDefault("X-RateLimit-Limit", "?")} throughput units left");
        return headers.TryGetValue("Retry-After", out var wait) ? $"asked to wait {wait} s" : null;
    }
}
