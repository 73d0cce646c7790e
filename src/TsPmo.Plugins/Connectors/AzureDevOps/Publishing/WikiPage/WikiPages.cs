using System.Net;
using System.Text;
using TsPmo.Model;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.WikiPage;

/// <summary>A page as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="Version">Its version, by which it is changed.</param>
/// <param name="HasPagesBelow">Whether pages lie under it, which would go with it.</param>
internal sealed record StandingPage(string? Id, string Content, string? Version, bool HasPagesBelow)
{
    /// <summary>Whether we made it to hold others, and nobody has written into it since.</summary>
    public bool IsCover => MarkedReport.Same(Content, WikiPages.Cover);
}

/// <summary>The pages of wikis.</summary>
internal sealed class WikiPages(AzureDevOpsClient client)
{
    /// <summary>What a page holds that was only made to hold others: it shows them, and is known for ours.</summary>
    public const string Cover = "[[_TOSP_]]\n\n`tspmo:pages`";

    private const string Resource = "wiki/wikis";

    /// <summary>The place that an anchor names, or why there is none.</summary>
    public async Task<(WikiPlace? Place, Problem? Problem)> FindAsync(string anchor, CancellationToken cancellationToken)
    {
        var asked = WikiAnchor.Of(anchor);
        var projects = await client.ProjectsAsync(cancellationToken);
        var name = asked.Project ?? client.FirstProject ?? (projects.Count == 1 ? projects[0].Name : null);
        if (asked.Path is not { } path || name is null || projects.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } project)
            return (null, Unknown(anchor));
        var wikis = (await client.GetAsync(Resource, $"{project.Segment}/_apis/wiki/wikis", cancellationToken)).Body.Items("value").ToList();
        var wiki = wikis.Find(w => asked.Wiki is { } wanted ? Is(wanted, w.Text("name")) || Is(wanted, w.Text("id")) : Is("projectWiki", w.Text("type")));
        return wiki.Text("id") is { } id ? (new(project.Name, id, path, null), null) : (null, NoWiki(project.Name, asked.Wiki));
    }

    /// <summary>A page; null when there is none.</summary>
    public async Task<StandingPage?> GetAsync(WikiPlace place, CancellationToken cancellationToken)
    {
        var call = Call(HttpMethod.Get, place) with { Expected = [HttpStatusCode.NotFound] };
        var answer = await client.SendAsync(call with { Options = [.. call.Options, ("includeContent", "true"), ("recursionLevel", "oneLevel")] }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound
            ? null
            : new(answer.Body.Text("id"), answer.Body.Text("content") ?? "", answer.Headers.GetValueOrDefault("ETag"), answer.Body.Items("subPages").Any());
    }

    /// <summary>Makes a page, or changes it from the place's version on; false where another one stands there, so that it may be tried again without harm.</summary>
    public async Task<bool> PutAsync(WikiPlace place, string content, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(
            Call(HttpMethod.Put, place) with
            {
                Body = Encoding.UTF8.GetBytes(Composed.Object(json => json.WriteString("content", content)).GetRawText()),
                Headers = place.Version is { } version ? [("If-Match", version)] : [],
                IsIdempotent = true,
                Expected = [HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed],
            },
            cancellationToken);
        return answer.Status is not (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed);
    }

    /// <summary>Makes the pages above a page that are not there, from the top down: a page lies under another.</summary>
    public async Task CoverAsync(WikiPlace place, CancellationToken cancellationToken)
    {
        foreach (var above in place.Above().Select(p => place with { Path = p, Version = null }))
        {
            if (await GetAsync(above, cancellationToken) is null)
                await PutAsync(above, Cover, cancellationToken);
        }
    }

    /// <summary>Removes a page, and the pages above it that were only made to hold it and hold nothing any more.</summary>
    public async Task RemoveAsync(WikiPlace place, CancellationToken cancellationToken)
    {
        await DeleteAsync(place, cancellationToken);
        foreach (var above in place.Above().Reverse().Select(p => place with { Path = p }))
        {
            if (await GetAsync(above, cancellationToken) is not { HasPagesBelow: false, IsCover: true })
                return;
            await DeleteAsync(above, cancellationToken);
        }
    }

    private Task<ApiAnswer> DeleteAsync(WikiPlace place, CancellationToken cancellationToken) =>
        client.SendAsync(Call(HttpMethod.Delete, place) with { IsIdempotent = true, Expected = [HttpStatusCode.NotFound] }, cancellationToken);

    private static ApiCall Call(HttpMethod method, WikiPlace place) =>
        new(method, Resource, $"{AzureDevOpsClient.Segment(place.Project)}/_apis/wiki/wikis/{AzureDevOpsClient.Segment(place.Wiki)}/pages") { Options = [("path", place.Path)] };

    private static bool Is(string left, string? right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private Problem Unknown(string anchor) => new(
        "anchor-unknown",
        $"'{anchor}' names no wiki page of a project at {client.Base} that the token's account may see.",
        "Give Project:/Path/Of/Page, or Project:Wiki:/Path/Of/Page where it is not the project's own wiki, as Anchor.");

    private static Problem NoWiki(string project, string? wiki) => new(
        "wiki-missing",
        wiki is null ? $"Project {project} has no wiki of its own that the account may see." : $"Project {project} has no wiki '{wiki}' that the account may see.",
        "Make the wiki once in the project (Overview, Wiki), and give the token the scope Wiki (read & write).");
}
