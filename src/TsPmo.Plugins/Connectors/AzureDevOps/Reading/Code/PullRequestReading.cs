using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>
/// Completed pull requests of all repositories of a project that were closed since the last reading, each once with its commits and the items it names. They come
/// newest first. Old servers do not know the filter by time: there reading stops behind a page of older ones, and the nightly reading goes through all.
/// </summary>
internal sealed class PullRequestReading(AzureDevOpsClient client)
{
    private const int Size = 100;
    private const string Resource = "git/pullrequests";

    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var overlap = new Overlap(pass.Marks.PullRequests, pass.Marks.RecentPullRequests);
        var since = pass.Marks.PullRequests is null || overlap.Since < pass.ContentSince ? pass.ContentSince : overlap.Since;
        var (found, met) = (false, new HashSet<string>(StringComparer.Ordinal));
        for (var skip = 0; await PageAsync(pass, since, skip, cancellationToken) is { Count: > 0 } page; skip += Size)
        {
            // Completions in between shift the pages; a page of which all is known already comes from a server that does not page.
            var before = met.Count;
            met.UnionWith(page.Select(p => p.Text("pullRequestId") ?? ""));
            var wanted = page.Where(p => p.Instant("closedDate") >= since).ToList();
            var fresh = wanted.Where(p => overlap.IsNew(p.Text("pullRequestId") ?? "", p.Instant("closedDate"))).ToList();
            foreach (var request in wanted)
                overlap.Meet(request.Text("pullRequestId") ?? "", request.Instant("closedDate"));
            var records = await Task.WhenAll(fresh.Select(p => RecordAsync(pass, p, cancellationToken)));
            found |= records.Length > 0;
            if (records.Length > 0)
                yield return new(records);
            if (page.Count < Size || met.Count == before || (wanted.Count == 0 && !pass.IsThorough))
                break;
        }

        // Newest first: the mark may move only when all of them have been read.
        if (!found)
            yield break;
        pass.Marks = pass.Marks with { PullRequests = overlap.Mark, RecentPullRequests = overlap.Recent };
        yield return new([]);
    }

    private static async Task<IReadOnlyList<JsonElement>?> PageAsync(ProjectPass pass, DateTimeOffset? since, int skip, CancellationToken cancellationToken)
    {
        var answer = await pass.Memory.Optional.GetAsync(Resource, "pull requests", $"{pass.Project.Segment}/_apis/git/pullrequests", cancellationToken,
            ("searchCriteria.status", "completed"), ("searchCriteria.queryTimeRangeType", "closed"),
            ("searchCriteria.minTime", since is { } from ? WireDate.Write(from) : null),
            ("$top", Size.ToString(CultureInfo.InvariantCulture)), ("$skip", skip.ToString(CultureInfo.InvariantCulture)));
        return answer is null ? null : [.. answer.Body.Items("value")];
    }

    private async Task<SourceRecord> RecordAsync(ProjectPass pass, JsonElement request, CancellationToken cancellationToken)
    {
        var id = request.Text("pullRequestId") ?? "";
        var repository = request.Child("repository").Text("id") ?? "";
        var path = $"{pass.Project.Segment}/_apis/git/repositories/{AzureDevOpsClient.Segment(repository)}/pullrequests/{id}";
        var details = await pass.Memory.Optional.GetAsync("git/pullrequest", "commits of pull requests", path, cancellationToken, ("includeCommits", "true"), ("includeWorkItemRefs", "true"));
        var body = Composed.Object(json =>
        {
            json.WriteString("project", pass.Project.Name);
            json.WriteString("base", client.Base);
            json.Write("request", request);
            json.Write("details", details?.Body ?? default);
        });
        return new(RecordKinds.PullRequest, id, body, default);
    }
}
