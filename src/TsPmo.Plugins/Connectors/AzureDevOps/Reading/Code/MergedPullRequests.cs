using System.Globalization;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>The pull requests that were merged into a repository in some time, for servers that cannot be asked for those of some commits.</summary>
internal sealed class MergedPullRequests(ProjectPass pass)
{
    private const int PageSize = 100;

    /// <summary>A server that does not heed the time would list everything there ever was.</summary>
    private const int Most = 5000;

    /// <param name="repository">Address of the repository.</param>
    /// <param name="commits">Merge commits of those that are wanted.</param>
    /// <param name="since">None was merged earlier.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<JsonElement>> FindAsync(string repository, IEnumerable<string> commits, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (wanted, found, seen) = (commits.ToHashSet(StringComparer.Ordinal), new List<JsonElement>(), new HashSet<string>(StringComparer.Ordinal));
        while (wanted.Count > 0)
        {
            var page = await PageAsync(repository, seen.Count, since, cancellationToken);
            // A server that does not skip gives the same ones for ever.
            var news = page.Where(r => seen.Add(r.Text("pullRequestId") ?? "")).ToList();
            found.AddRange(news.Where(r => r.Child("lastMergeCommit").Text("commitId") is { } merge && wanted.Contains(merge)));
            if (page.Count < PageSize || news.Count == 0)
                break;
            if (seen.Count >= Most)
            {
                pass.Memory.Optional.Say(Cut());
                break;
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<JsonElement>> PageAsync(string repository, int skip, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var answer = await pass.Memory.Optional.GetAsync(OptionalRoutes.PullRequests, "pull requests", $"{repository}/pullrequests", cancellationToken,
            ("searchCriteria.status", "completed"), ("searchCriteria.queryTimeRangeType", "closed"), ("searchCriteria.minTime", WireDate.Write(since)),
            ("$top", PageSize.ToString(CultureInfo.InvariantCulture)), ("$skip", skip.ToString(CultureInfo.InvariantCulture)));
        return [.. answer?.Body.Items("value") ?? []];
    }

    private Problem Cut() => new(
        "too-many",
        $"A repository of {pass.Project.Name} lists more than {Most} merged pull requests, and the server cannot be asked for those of some commits; the older ones are left out.",
        "Nothing need be done: lead times of what they brought begin with their merge. A newer version of the server can be asked for them.") { Scope = pass.Project.Name };
}
