using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Lets a feed be begun anew where the tracker refuses to go on from the place that was kept: it would be refused in every pass to come. That the feed answers at all is seen before
/// the place is given up; where it refuses everything, the place was not at fault and is kept.
/// </summary>
internal sealed class PlaceRefusals(string feed)
{
    private TrackerException? _refusal;

    /// <summary>Whether the tracker will not go on from where a feed stands: the place is no good, or has become too old.</summary>
    public static bool IsOne(TrackerException failure) => failure.Status is 400 or 410;

    /// <summary>A feed of which refusals of a place are noticed.</summary>
    public FeedReader Noticing(FeedReader read) => async (project, start, cancellationToken) =>
    {
        try
        {
            return await read(project, start, cancellationToken);
        }
        catch (TrackerException e) when (project is null && start.Token is not null && IsOne(e))
        {
            _refusal = e;
            throw;
        }
    };

    /// <summary>The steps of a reading from a kept place; of one from the beginning where none was kept, or it is refused.</summary>
    /// <param name="kept">The place; null: none.</param>
    /// <param name="from">Reads from a place, or from the beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<ReadStep> ReadAsync<T>(T? kept, Func<T?, IAsyncEnumerable<ReadStep>> from, CancellationToken cancellationToken)
        where T : class => kept is null ? from(null) : ReadAsync(from(kept), from(null), cancellationToken);

    private async IAsyncEnumerable<ReadStep> ReadAsync(
        IAsyncEnumerable<ReadStep> kept, IAsyncEnumerable<ReadStep> anew, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = kept.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(reader))
            yield return reader.Current;
        if (_refusal is not { } refusal)
            yield break;
        var isSaid = false;
        await foreach (var step in anew.WithCancellation(cancellationToken))
        {
            if (!isSaid)
                yield return Restarted(refusal);
            isSaid = true;
            yield return step;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ReadStep> reader)
    {
        try
        {
            return await reader.MoveNextAsync();
        }
        catch (TrackerException e) when (ReferenceEquals(e, _refusal))
        {
            return false;
        }
    }

    private ReadNotice Restarted(TrackerException refusal) => new(new(
        "feed-restarted",
        $"The tracker would not go on with {feed} from where it stood, so everything is read anew. {refusal.Problem.Message}",
        "Nothing need be done: nothing is lost, and nothing is stored twice. If it happens often, ask the tracker's administrator.") { Scope = feed });
}
