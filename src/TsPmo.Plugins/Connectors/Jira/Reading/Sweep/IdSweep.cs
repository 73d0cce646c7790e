using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Sweep;

/// <summary>
/// Lists the ids of all issues, or of those that fulfil a condition, project by project. A list alone proves nothing, since what is hidden looks like what is missing: a project counts as
/// listed only when it shows itself after its list came to the end, and the sweep only when we are still signed in then.
/// </summary>
internal sealed class IdSweep(JiraClient client, string? condition = null)
{
    public async IAsyncEnumerable<ReadStep> RunAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var completed = new List<string>();
        foreach (var project in projects)
        {
            var list = new ProjectList(client, session, project);
            await foreach (var ids in list.ReadAsync(JiraQuery.All(project, client.Options.HistorySince, condition), cancellationToken))
                yield return new SweptItems(ids);
            if (condition is null && client.Options.HistorySince is { } oldest)
            {
                await foreach (var ids in list.ReadAsync(JiraQuery.Older(project, oldest), cancellationToken))
                    yield return new SweptItems(ids) { AreBeyondHistory = true };
            }

            if (await list.CompletedAsync(cancellationToken) is { } shown)
            {
                completed.Add(project);
                if (ProjectNotices.Renamed(client, session, project, shown) is { } renamed)
                    yield return renamed;
            }
            else if (ProjectNotices.Unknown(client, session, project) is { } notice)
                yield return notice;
        }

        await SignInProof.GiveAsync(client, session, cancellationToken);
        yield return new SweepCompleted(completed);
    }

    private sealed class ProjectList(JiraClient client, JiraSession session, string project)
    {
        private bool _isOutOfSight;

        /// <summary>The project as it shows itself after all was listed that was asked for; null where it does not.</summary>
        public async Task<JsonElement?> CompletedAsync(CancellationToken cancellationToken) => _isOutOfSight ? null : await SeenAsync(cancellationToken);

        public async IAsyncEnumerable<IReadOnlyList<string>> ReadAsync(string jql, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (_isOutOfSight)
                yield break;
            var search = IssueSearches.Begin(client, session, SearchShape.Ids);
            await using var pages = search.PagesAsync(jql, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(pages, cancellationToken) is { } page)
                yield return [.. page.Issues.Select(i => i.Id)];
        }

        /// <summary>A query that names a project we cannot see is refused; any other refusal is a failure.</summary>
        private async Task<FoundPage?> NextAsync(IAsyncEnumerator<FoundPage> pages, CancellationToken cancellationToken)
        {
            try
            {
                return await pages.MoveNextAsync() ? pages.Current : null;
            }
            catch (TrackerException e) when (e.Status == 400)
            {
                if (await SeenAsync(cancellationToken) is not null)
                    throw;
                _isOutOfSight = true;
                return null;
            }
        }

        private Task<JsonElement?> SeenAsync(CancellationToken cancellationToken) => ProjectSight.OfAsync(client, session, project, cancellationToken);
    }
}
