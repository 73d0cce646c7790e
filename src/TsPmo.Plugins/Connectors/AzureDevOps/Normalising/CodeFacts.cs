using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>What pipeline runs brought, and completed pull requests.</summary>
internal static class CodeFacts
{
    public static Normalised OfRun(JsonElement body)
    {
        if (body.Text("run") is not { } run)
            return AzureDevOpsNormaliser.NotUnderstood("Changes name no run.");
        var commits = body.Items("changes").Where(c => c.Text("id") is not null).Select(c => new CommitChange(c.Text("id") ?? "", c.Instant("timestamp")));
        return new([new RunChangesFact(run, body.Text("project") ?? "", [.. commits.DistinctBy(c => c.Revision, StringComparer.Ordinal)], Ids(body.Items("workItems")))]);
    }

    public static Normalised OfPullRequest(JsonElement body)
    {
        var (request, details) = (body.Child("request") ?? default, body.Child("details"));
        if (request.Text("pullRequestId") is not { } id || request.Instant("closedDate") is not { } merged)
            return AzureDevOpsNormaliser.NotUnderstood("A pull request has no id or was not closed.");
        var (repository, project) = (request.Child("repository").Text("name") ?? "", body.Text("project") ?? "");
        return new([new PullRequestFact
        {
            Id = id,
            Project = project,
            Repository = repository,
            Author = WireIdentity.Read(request.Child("createdBy"))?.Account,
            TargetBranch = request.Text("targetRefName") ?? "",
            CreatedAt = request.Instant("creationDate"),
            MergedAt = merged,
            MergeRevision = request.Child("lastMergeCommit").Text("commitId"),
            FirstCommitAt = details.Items("commits").Select(c => (c.Child("author") ?? c.Child("committer")) is { } by ? by.Instant("date") : null).Min(),
            WorkItems = Ids(details.Items("workItemRefs")),
            Url = $"{body.Text("base")}/{Uri.EscapeDataString(project)}/_git/{Uri.EscapeDataString(repository)}/pullrequest/{id}",
        }]);
    }

    private static IReadOnlyList<string> Ids(IEnumerable<JsonElement> references) =>
        [.. references.Select(r => r.Text("id")).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
