using System.Runtime.CompilerServices;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// Every revision of every item that is or was in a bound project. The organisation's token is taken first, then each project that is new to us is loaded by its own
/// feed, then the organisation's feed is followed: nothing falls between the two, and what lies in both is stored once. A thorough reading follows it once more from where
/// the thorough reading before it stood: what could not be seen when the feed went past it is told to whoever comes back.
/// </summary>
internal sealed class WorkItemStream(AzureDevOpsClient client, KnownWords words, KnownIterations iterations, TimeProvider clock, DateTimeOffset? since)
{
    private static readonly TimeSpan FieldsLifetime = TimeSpan.FromHours(1);

    private readonly PlaceRefusals _refusals = new(ReportingFeed.Revisions);

    public IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, CancellationToken cancellationToken) =>
        _refusals.ReadAsync(Kept.Read(scope.Request.Cursor, CursorJson.Default.RevisionCursor), last => FromAsync(scope, last, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ReadStep> FromAsync(ReadingScope scope, RevisionCursor? last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (cursor, changed) = await WithFieldsAsync(last ?? new(null, [], null, default), cancellationToken);
        if (last is null)
            cursor = await BeginningAsync(cursor, cancellationToken);
        // One that is gone is loaded anew when it comes back: the feed goes past what cannot be seen.
        cursor = cursor with { Projects = [.. cursor.Projects.Where(scope.Finds)] };
        var isThorough = scope.Request.Depth != ReadDepth.Changes;
        if (isThorough)
            cursor = cursor with { Token = cursor.Thorough ?? cursor.Token, Thorough = cursor.Token };
        var reading = new RevisionReading(client, scope, words, iterations, cursor, since, _refusals);
        // The token must outlive an interruption of the loads that it was taken for.
        if (last is null || isThorough || cursor.FieldsReadAt != last.FieldsReadAt || cursor.Projects.Count < last.Projects.Count)
            yield return reading.Page(changed);
        await foreach (var step in reading.LoadAsync(cancellationToken))
            yield return step;
        await foreach (var page in reading.FollowAsync(cancellationToken))
            yield return page;
    }

    private async Task<RevisionCursor> BeginningAsync(RevisionCursor cursor, CancellationToken cancellationToken)
    {
        var feed = new ReportingFeed(client);
        var now = await ReportingFeed.NowAsync(
            (project, start, cancellation) => feed.RevisionsAsync(project, start, [FieldNames.Id], cancellation), ReportingFeed.Revisions, clock.GetUtcNow(), cancellationToken);
        return cursor with { Token = now.Token, Thorough = now.Token, From = now.Since };
    }

    /// <summary>The cursor with fields that are young enough, and what is to be told of them where others are known than before.</summary>
    private async Task<(RevisionCursor Cursor, IReadOnlyList<SourceRecord> Changed)> WithFieldsAsync(RevisionCursor cursor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (cursor.Fields is { Count: > 0 } && now - cursor.FieldsReadAt < FieldsLifetime && now >= cursor.FieldsReadAt)
            return (cursor, []);
        var choice = await FieldChoice.ReadAsync(client, cancellationToken);
        // The first pass is told of them by the catalogue.
        var isChanged = cursor.Fields is { } before && !before.SequenceEqual(choice.Names, StringComparer.Ordinal);
        return (cursor with { Fields = choice.Names, FieldsReadAt = now }, isChanged ? [FieldChoice.Record(choice.All)] : []);
    }
}
