using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.AzureDevOps.Wire;

namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>Completed pull requests, newest first. Each project has one repository, which has the project's id and name.</summary>
internal static class CodeRoutes
{
    private const int DefaultPage = 100, LargestPage = 1000;

    private static readonly (int, string)[] Statuses = [(0, "notSet"), (1, "active"), (2, "abandoned"), (3, "completed"), (4, "all")];

    private static readonly (int, string)[] TimeRanges = [(1, "created"), (2, "closed")];

    public static void Map(RouteTable routes)
    {
        routes.Anywhere(HttpMethods.Get, "git/repositories", Repositories);
        routes.Project(HttpMethods.Get, "git/pullrequests", PullRequests);
        routes.Project(HttpMethods.Get, "git/repositories/{repository}/pullrequests", PullRequests);
        routes.Project(HttpMethods.Post, "git/repositories/{repository}/pullrequestquery", OfCommits);
        routes.Project(HttpMethods.Get, "git/repositories/{repository}/pullrequests/{request}", call => new Answer(Write(call, Named(call), withDetails: true)));
    }

    private static Answer Repositories(ApiCall call) => Answer.List(
    [
        .. (call.ProjectOrNull is { } one ? [one] : call.Organisation.Projects).Select(project => new
        {
            id = project.Id, name = project.Name, url = Repository(call, project), project = call.Links.ProjectReference(project), defaultBranch = "refs/heads/main", isDisabled = false,
        }),
    ]);

    /// <summary>Times bound the completion where the range type says closed, else the creation.</summary>
    private static Answer PullRequests(ApiCall call)
    {
        var (project, status) = (call.Project, call.Choice("searchCriteria.status", Statuses) ?? "active");
        var byClosing = call.Choice("searchCriteria.queryTimeRangeType", TimeRanges) == "closed";
        var (from, to, target) = (call.Instant("searchCriteria.minTime"), call.Instant("searchCriteria.maxTime"), call.Query("searchCriteria.targetRefName"));
        var found = call.Organisation.Delivery.PullRequests.AsEnumerable().Reverse()
            .Where(request => request.Project == project && status is "completed" or "all" && target is null or "refs/heads/main")
            .Where(request => (byClosing ? request.Change.MergedAt : request.Change.OpenedAt) is var at && (from is null || at >= from) && (to is null || at <= to))
            .Skip(call.Number("$skip", 0)).Take(Math.Clamp(call.Number("$top", DefaultPage), 1, LargestPage));
        return Answer.List([.. found.Select(request => Write(call, request, withDetails: false))]);
    }

    /// <summary>The pull requests that made merge commits, commit by commit; a commit that none made is left out.</summary>
    private static Answer OfCommits(ApiCall call)
    {
        var queries = call.Body.GetProperty("queries");
        var results = queries.EnumerateArray().Select(query => Found(call, query)).ToList();
        return new Answer(new { queries, results });
    }

    private static Dictionary<string, List<Dictionary<string, object?>>> Found(ApiCall call, JsonElement query)
    {
        if (query.GetProperty("type").ToString() is not ("lastMergeCommit" or "1"))
            throw Refusal.Bad("Only the query type lastMergeCommit is known here.");
        var wanted = query.GetProperty("items").EnumerateArray().Select(item => item.GetString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return call.Organisation.Delivery.PullRequests.Where(request => request.Project == call.Project && wanted.Contains(request.Change.Revision))
            .GroupBy(request => request.Change.Revision, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(request => Write(call, request, withDetails: false)).ToList(), StringComparer.Ordinal);
    }

    private static CompletedPullRequest Named(ApiCall call)
    {
        var id = call.RouteId("request");
        return call.Organisation.Delivery.PullRequests.Find(request => request.Id == id && request.Project == call.Project)
            ?? throw Refusal.NotFound($"TF401180: The requested pull request {id} was not found.", "GitPullRequestNotFoundException");
    }

    private static Dictionary<string, object?> Write(ApiCall call, CompletedPullRequest request, bool withDetails)
    {
        var (change, project) = (request.Change, request.Project);
        var json = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["repository"] = new { id = project.Id, name = project.Name, url = Repository(call, project), project = call.Links.ProjectReference(project) },
            ["pullRequestId"] = request.Id,
            ["codeReviewId"] = request.Id,
            ["status"] = "completed",
            ["createdBy"] = call.Links.Identity(call.Caller),
            ["creationDate"] = WireDate.WriteFine(change.OpenedAt),
            ["closedDate"] = WireDate.WriteFine(change.MergedAt),
            ["title"] = "Work on it",
            ["sourceRefName"] = $"refs/heads/work/{request.Id}",
            ["targetRefName"] = "refs/heads/main",
            ["mergeStatus"] = "succeeded",
            ["isDraft"] = false,
            ["lastMergeSourceCommit"] = new { commitId = change.Commits[^2].Revision, url = Commit(call, project, change.Commits[^2].Revision) },
            ["lastMergeCommit"] = new { commitId = change.Revision, url = Commit(call, project, change.Revision) },
            ["reviewers"] = Array.Empty<object>(),
            ["url"] = $"{Repository(call, project)}/pullRequests/{request.Id}",
            ["supportsIterations"] = true,
        };
        if (withDetails && call.Flag("includeCommits"))
            json["commits"] = change.Commits.SkipLast(1).Reverse().Select(commit => Commit(call, project, commit)).ToList();
        if (withDetails && call.Flag("includeWorkItemRefs"))
            json["workItemRefs"] = change.WorkItems.Select(id => new { id, url = call.Links.WorkItem(Acts.ItemId.Parse(id)) }).ToList();
        return json;
    }

    private static object Commit(ApiCall call, TeamProject project, World.CommitSpec commit)
    {
        var by = new { name = call.Caller.DisplayName, email = call.Caller.UniqueName, date = WireDate.Write(commit.At) };
        return new { commitId = commit.Revision, author = by, committer = by, comment = "Work on it", url = Commit(call, project, commit.Revision) };
    }

    private static string Repository(ApiCall call, TeamProject project) => $"{call.Links.In(project)}/git/repositories/{project.Id}";

    private static string Commit(ApiCall call, TeamProject project, string revision) => $"{Repository(call, project)}/commits/{revision}";
}
