using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>
/// The pull requests whose merges were deployed: found by their merge commits, many in one question, and read once each with their commits and the items they name.
/// What was merged and not deployed is not asked for, but where a server cannot be asked by commits: then those that were merged in the time are listed.
/// </summary>
internal sealed class DeliveredPullRequests(AzureDevOpsClient client, ProjectPass pass)
{
    private const int CommitsAtOnce = 200;

    /// <summary>How many are remembered as read; several pipelines deploy the same merge, mostly soon after each other.</summary>
    private const int Remembered = 500;

    /// <summary>How much earlier than the commit that it made a merge may be dated.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private readonly MergedPullRequests _list = new(pass);
    private List<long> _known = [.. pass.Marks.PullRequests ?? []];

    /// <summary>Those that were read last.</summary>
    public IReadOnlyList<long> Known => _known;

    /// <param name="brought">Runs that were deployed, with what they brought.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<SourceRecord>> OfAsync(IReadOnlyList<(DeployedRun Run, Brought? Content)> brought, CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>();
        foreach (var repository in brought.Where(b => b.Run.Repository is not null).GroupBy(b => b.Run.Repository ?? "", StringComparer.Ordinal))
        {
            var commits = repository.SelectMany(b => Commits(b.Run, b.Content)).Distinct(StringComparer.Ordinal).ToList();
            var found = await FindAsync(repository.Key, commits, cancellationToken)
                ?? await _list.FindAsync(Root(repository.Key), commits, MergedSince(repository.Select(b => b.Content)), cancellationToken);
            records.AddRange(await Task.WhenAll(Take(found).Select(r => RecordAsync(repository.Key, r, cancellationToken))));
        }

        return records;
    }

    private static IEnumerable<string> Commits(DeployedRun run, Brought? content) =>
        (content?.Changes ?? []).Select(c => c.Text("id")).Append(run.Build.Text("sourceVersion")).OfType<string>();

    /// <summary>A pull request is closed when its merge commit is made.</summary>
    private DateTimeOffset MergedSince(IEnumerable<Brought?> contents)
    {
        var first = contents.SelectMany(c => c?.Changes ?? []).Min(c => c.Instant("timestamp")) - Late;
        return first is { } instant && instant > pass.ContentSince ? instant : pass.ContentSince;
    }

    /// <summary>Those of which a commit is the merge; null where the server cannot be asked so.</summary>
    private async Task<IEnumerable<JsonElement>?> FindAsync(string repository, IReadOnlyList<string> commits, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        foreach (var some in commits.Chunk(CommitsAtOnce))
        {
            if (await AskAsync(repository, some, cancellationToken) is not { } answer)
                return null;
            found.AddRange(answer.Body.Items("results").Where(r => r.ValueKind == JsonValueKind.Object)
                .SelectMany(r => r.EnumerateObject()).Where(f => f.Value.ValueKind == JsonValueKind.Array).SelectMany(f => f.Value.EnumerateArray()));
        }

        return found;
    }

    private async Task<ApiAnswer?> AskAsync(string repository, IEnumerable<string> commits, CancellationToken cancellationToken)
    {
        var question = Composed.Object(json =>
        {
            json.WriteStartArray("queries");
            json.WriteStartObject();
            json.WriteString("type", "lastMergeCommit");
            json.WriteStartArray("items");
            foreach (var commit in commits)
                json.WriteStringValue(commit);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
        return await pass.Memory.Optional.AskAsync(OptionalRoutes.PullRequestQuery, null, $"{Root(repository)}/pullrequestquery", question, cancellationToken);
    }

    /// <summary>Those that were not read yet, taking note of them.</summary>
    private List<JsonElement> Take(IEnumerable<JsonElement> found)
    {
        // One that was given up, or is still open, has a trial merge.
        var fresh = found.Where(r => r.Word("status", WireEnum.PullRequestStatuses) is null or "completed")
            .Where(r => r.Whole("pullRequestId") is { } id && !_known.Contains(id)).DistinctBy(r => r.Whole("pullRequestId")).ToList();
        _known = [.. _known.Concat(fresh.Select(r => r.Whole("pullRequestId") ?? 0)).TakeLast(Remembered)];
        return fresh;
    }

    private async Task<SourceRecord> RecordAsync(string repository, JsonElement request, CancellationToken cancellationToken)
    {
        var id = request.Text("pullRequestId") ?? "";
        var details = await DetailsAsync($"{Root(repository)}/pullrequests/{id}", cancellationToken);
        var body = Composed.Object(json =>
        {
            json.WriteString("project", pass.Project.Name);
            json.WriteString("base", client.Base);
            json.Write("request", request);
            json.Write("details", details);
        });
        return new(RecordKinds.PullRequest, id, body, default);
    }

    /// <summary>Its commits and items; asked for by themselves where the server does not tell them with it.</summary>
    private async Task<JsonElement> DetailsAsync(string path, CancellationToken cancellationToken)
    {
        var optional = pass.Memory.Optional;
        var told = await optional.GetAsync(OptionalRoutes.PullRequest, null, path, cancellationToken, ("includeCommits", "true"), ("includeWorkItemRefs", "true"));
        if (told?.Body.Child("commits") is not null)
            return told.Body;
        var commits = await optional.GetAsync("git/pullrequest/commits", "commits of pull requests", $"{path}/commits", cancellationToken);
        var items = await optional.GetAsync("git/pullrequest/workitems", "work items of pull requests", $"{path}/workitems", cancellationToken);
        return Composed.Object(json =>
        {
            json.Write("commits", commits?.Body.Items("value") ?? []);
            json.Write("workItemRefs", items?.Body.Items("value") ?? told?.Body.Items("workItemRefs") ?? []);
        });
    }

    private string Root(string repository) => $"{pass.Project.Segment}/_apis/git/repositories/{AzureDevOpsClient.Segment(repository)}";
}
