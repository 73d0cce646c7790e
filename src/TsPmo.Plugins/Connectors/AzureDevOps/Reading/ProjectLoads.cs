using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Loads projects by their own feeds, one after the other, each from where it stood. What only one project refuses is said and leaves the others alone;
/// a project that is not there (the catalogue has said so) is tried again in the next pass.
/// </summary>
internal sealed class ProjectLoads(FeedReader read, string feed, DateTimeOffset? since)
{
    public async IAsyncEnumerable<LoadStep> RunAsync(
        IEnumerable<string> projects, IReadOnlyDictionary<string, string>? tokens, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in projects)
        {
            var (project, token) = (new TeamProject("", name), tokens?.GetValueOrDefault(name));
            var trail = new TokenTrail(feed, token);
            while (true)
            {
                var (batch, failure) = await TryAsync(project, new FeedStart(token, since), cancellationToken);
                // Kept from an earlier pass, it may have become too old; the load begins anew.
                if (failure is not null && token is not null && token == tokens?.GetValueOrDefault(name) && PlaceRefusals.IsOne(failure))
                {
                    token = null;
                    (batch, failure) = await TryAsync(project, new FeedStart(token, since), cancellationToken);
                }

                if (batch is null)
                {
                    yield return new(name, null, token, false, failure is null ? null : ReadingScope.Notice(failure, name));
                    break;
                }

                var next = batch.Next(token);
                yield return new(name, batch, next, batch.IsLast, null);
                if (batch.IsLast)
                    break;
                if (trail.Standstill(next) is { } standstill)
                {
                    yield return new(name, null, next, false, ReadingScope.Notice(standstill, name));
                    break;
                }

                token = next;
            }
        }
    }

    private async Task<(FeedBatch? Batch, TrackerException? Failure)> TryAsync(TeamProject project, FeedStart start, CancellationToken cancellationToken)
    {
        try
        {
            return (await read(project, start, cancellationToken), null);
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return (null, e);
        }
    }
}

/// <summary>What came of one request for a project's feed.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Batch">The batch; null where it was refused.</param>
/// <param name="Token">Where the project's feed goes on.</param>
/// <param name="IsDone">Whether the project is loaded.</param>
/// <param name="Notice">What is said of a refusal, if anything.</param>
internal sealed record LoadStep(string Project, FeedBatch? Batch, string? Token, bool IsDone, ReadNotice? Notice);
