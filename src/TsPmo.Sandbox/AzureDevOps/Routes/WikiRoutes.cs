using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Each project's own wiki and its pages. A page lies under another page, and is changed only by who knows its version.</summary>
internal static class WikiRoutes
{
    private static readonly (int, string)[] Levels = [(0, "none"), (1, "oneLevel"), (4, "oneLevelPlusNestedEmptyFolders"), (120, "full")];

    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Get, "wiki/wikis", List);
        routes.Project(HttpMethods.Get, "wiki/wikis/{wiki}", call => new Answer(Wiki(call, Owner(call))));
        routes.Project(HttpMethods.Get, "wiki/wikis/{wiki}/pages", Read);
        routes.Project(HttpMethods.Put, "wiki/wikis/{wiki}/pages", Write);
        routes.Project(HttpMethods.Delete, "wiki/wikis/{wiki}/pages", Delete);
    }

    private static Answer List(ApiCall call) =>
        Answer.List([.. call.Organisation.SeenProjects.Where(p => (call.ProjectOrNull is not { } one || one == p) && HasWiki(call, p)).Select(p => Wiki(call, p))]);

    private static bool HasWiki(ApiCall call, TeamProject project) => !call.Organisation.Switches.WithoutWiki.Contains(project.Name, StringComparer.OrdinalIgnoreCase);

    private static TeamProject Owner(ApiCall call)
    {
        var (project, asked) = (call.Project, call.Route("wiki"));
        var isIts = HasWiki(call, project) && (Name(project).Equals(asked, StringComparison.OrdinalIgnoreCase) || Id(project).ToString().Equals(asked, StringComparison.OrdinalIgnoreCase));
        return isIts ? project : throw Refusal.NotFound($"Wiki not found with name or id '{asked}'.", "WikiNotFoundException");
    }

    private static Answer Read(ApiCall call)
    {
        var (project, path) = (Owner(call), Path(call));
        if (path == "/")
            return new(Page(call, project, new(0, "/", "")));
        var page = Find(project, path);
        return new(Page(call, project, page)) { ETag = page.ETag };
    }

    private static Answer Write(ApiCall call)
    {
        var (project, path, content) = (Owner(call), Path(call), Content(call));
        var standing = project.Wiki.GetValueOrDefault(path);
        if (standing is null && call.IfMatch is not null)
            throw NoPage(path);
        if (standing is not null && call.IfMatch is null)
            throw new Refusal(409, "WikiPageAlreadyExistsException", $"The page '{path}' specified in the add operation already exists in the wiki.");
        if (standing is not null && call.IfMatch != standing.ETag)
            throw new Refusal(412, "WikiPageHasConflictsException", "The page has been changed since the version that was given.");
        var above = path[..path.LastIndexOf('/')];
        if (above.Length > 0 && !project.Wiki.ContainsKey(above))
            throw Refusal.NotFound($"The ancestor of the page '{path}' does not exist.", "WikiAncestorPageNotFoundException");
        var page = new WikiPage(standing?.Id ?? call.Organisation.NextPageId(), standing?.Path ?? path, content);
        project.Wiki[path] = page;
        return new(Page(call, project, page), standing is null ? 201 : 200) { ETag = page.ETag };
    }

    /// <summary>With a page goes all that lies under it.</summary>
    private static Answer Delete(ApiCall call)
    {
        var (project, path) = (Owner(call), Path(call));
        var page = Find(project, path);
        var answer = Page(call, project, page);
        foreach (var gone in project.Wiki.Keys.Where(p => p.Equals(path, StringComparison.OrdinalIgnoreCase) || IsUnder(p, path)).ToList())
            project.Wiki.Remove(gone);
        return new(answer);
    }

    private static string Path(ApiCall call) => "/" + (call.Query("path") ?? "/").Trim('/');

    private static string Content(ApiCall call) =>
        call.Body.ValueKind == JsonValueKind.Object && call.Body.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String ? content.GetString() ?? "" : "";

    private static WikiPage Find(TeamProject project, string path) => project.Wiki.GetValueOrDefault(path) ?? throw NoPage(path);

    private static Refusal NoPage(string path) => Refusal.NotFound($"Wiki page '{path}' could not be found. Ensure that the path of the page is correct and the page exists.", "WikiPageNotFoundException");

    private static bool IsUnder(string path, string above) => path.StartsWith(above.TrimEnd('/') + '/', StringComparison.OrdinalIgnoreCase);

    private static object Page(ApiCall call, TeamProject project, WikiPage page)
    {
        var level = call.Choice("recursionLevel", Levels) ?? "none";
        var below = project.Wiki.Values.Where(p => IsUnder(p.Path, page.Path) && p.Path.TrimEnd('/').LastIndexOf('/') == page.Path.TrimEnd('/').Length).ToList();
        return new
        {
            path = page.Path,
            order = 0,
            isParentPage = below.Count > 0 ? (bool?)true : null,
            gitItemPath = page.Path == "/" ? "/" : page.Path.Replace(' ', '-') + ".md",
            subPages = level == "none" ? [] : below.Select(p => Page(call, project, p, level == "full")).ToList(),
            url = $"{Address(call, project)}/pages{Uri.EscapeDataString(page.Path)}",
            remoteUrl = $"{call.Links.Base}/{Uri.EscapeDataString(project.Name)}/_wiki/wikis/{Uri.EscapeDataString(Name(project))}?pagePath={Uri.EscapeDataString(page.Path)}",
            id = page.Id == 0 ? (int?)null : page.Id,
            content = call.Flag("includeContent") || HttpMethods.IsPut(call.Method) ? page.Content : null,
        };
    }

    private static object Page(ApiCall call, TeamProject project, WikiPage page, bool deep) => new
    {
        path = page.Path,
        order = 0,
        gitItemPath = page.Path.Replace(' ', '-') + ".md",
        subPages = deep ? project.Wiki.Values.Where(p => IsUnder(p.Path, page.Path) && p.Path.LastIndexOf('/') == page.Path.Length).Select(p => Page(call, project, p, deep)).ToList() : [],
        url = $"{Address(call, project)}/pages{Uri.EscapeDataString(page.Path)}",
        id = page.Id,
    };

    private static object Wiki(ApiCall call, TeamProject project) => new
    {
        id = Id(project),
        versions = new[] { new { version = "wikiMaster" } },
        url = Address(call, project),
        remoteUrl = $"{call.Links.Base}/{Uri.EscapeDataString(project.Name)}/_wiki/wikis/{Uri.EscapeDataString(Name(project))}",
        type = "projectWiki",
        name = Name(project),
        projectId = project.Id,
        repositoryId = Id(project),
        mappedPath = "/",
    };

    private static string Address(ApiCall call, TeamProject project) => $"{call.Links.In(project)}/wiki/wikis/{Id(project)}";

    private static string Name(TeamProject project) => $"{project.Name}.wiki";

    private static Guid Id(TeamProject project) => StableGuid.Of("wiki", project.Name);
}
