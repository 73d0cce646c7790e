using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>
/// The pull requests whose merges were deployed: found by their merge commits, many in one question, and read once each with their commits and the items they name.
/// What was merged and not deployed is not asked for.
/// </summary>
internal sealed class DeliveredPullRequests(AzureDevOpsClient client, ProjectPass pass)
{
    private const int CommitsAtOnce = 200;

    /// <summary>How many are remembered as read; several pipelines deploy the same merge, mostly soon after each other.</summary>
    private const int Remembered = 500;

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
            foreach (var commits in repository.SelectMany(b => Commits(b.Run, b.Content)).Distinct(StringComparer.Ordinal).Chunk(CommitsAtOnce))
            {
                var fresh = Take(await FindAsync(repository.Key, commits, cancellationToken));
                records.AddRange(await Task.WhenAll(fresh.Select(r => RecordAsync(repository.Key, r, cancellationToken))));
            }
        }

        return records;
    }

    private static IEnumerable<string> Commits(DeployedRun run, Brought? content) =>
        (content?.Changes ?? []).Select(c => c.Text("id")).Append(run.Build.Text("sourceVersion")).OfType<string>();

    private async Task<IEnumerable<JsonElement>> FindAsync(string repository, IEnumerable<string> commits, CancellationToken cancellationToken)
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
        var answer = await pass.Memory.Optional.AskAsync("git/pullrequestquery", "pull requests", $"{Root(repository)}/pullrequestquery", question, cancellationToken);
        return answer?.Body.Items("results").Where(r => r.ValueKind == JsonValueKind.Object)
            .SelectMany(r => r.EnumerateObject()).Where(f => f.Value.ValueKind == JsonValueKind.Array).SelectMany(f => f.Value.EnumerateArray()) ?? [];
    }

    /// <summary>Those that were not read yet, taking note of them.</summary>
    private List<JsonElement> Take(IEnumerable<JsonElement> found)
    {
        // One that was given up, or is still open, has a trial merge.
        var fresh = found.Where(r => r.Text("status") is null || r.Text("status")?.Equals("completed", StringComparison.OrdinalIgnoreCase) == true)
            .Where(r => r.Whole("pullRequestId") is { } id && !_known.Contains(id)).DistinctBy(r => r.Whole("pullRequestId")).ToList();
        _known = [.. _known.Concat(fresh.Select(r => r.Whole("pullRequestId") ?? 0)).TakeLast(Remembered)];
        return fresh;
    }

    private async Task<SourceRecord> RecordAsync(string repository, JsonElement request, CancellationToken cancellationToken)
    {
        var id = request.Text("pullRequestId") ?? "";
        var details = await pass.Memory.Optional.GetAsync(
            "git/pullrequest", "commits of pull requests", $"{Root(repository)}/pullrequests/{id}", cancellationToken, ("includeCommits", "true"), ("includeWorkItemRefs", "true"));
        var body = Composed.Object(json =>
        {
            json.WriteString("project", pass.Project.Name);
            json.WriteString("base", client.Base);
            json.Write("request", request);
            json.Write("details", details?.Body ?? default);
        });
        return new(RecordKinds.PullRequest, id, body, default);
    }

    private string Root(string repository) => $"{pass.Project.Segment}/_apis/git/repositories/{AzureDevOpsClient.Segment(repository)}";
}
