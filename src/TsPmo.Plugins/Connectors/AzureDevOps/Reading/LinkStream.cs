using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Normalising;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Links made and undone, kept where one end lies in a bound project. A project is loaded by its own feed, whatever the age of its links, since an old link
/// still holds; then the organisation's feed is followed from a token that was taken before. A thorough reading follows it once more, as with revisions,
/// and so does one that loads a project.
/// </summary>
internal sealed class LinkStream(AzureDevOpsClient client, TimeProvider clock)
{
    private readonly PlaceRefusals _refusals = new(ReportingFeed.Links);
    private readonly ReportingFeed _feed = new(client);
    private readonly ParentTelling _parents = new(client);

    private FeedReader Read => _refusals.Noticing(_feed.LinksAsync);

    public IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, CancellationToken cancellationToken) =>
        _refusals.ReadAsync(Kept.Read(scope.Request.Cursor, CursorJson.Default.LinkCursor), last => FromAsync(scope, last, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ReadStep> FromAsync(ReadingScope scope, LinkCursor? last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = last ?? await BeginningAsync(cancellationToken);
        cursor = cursor with { Projects = [.. cursor.Projects.Where(scope.Finds)] };
        var unloaded = scope.Request.Projects.Where(p => !cursor.Projects.Contains(p, StringComparer.OrdinalIgnoreCase)).ToList();
        var isThorough = scope.Request.Depth != ReadDepth.Changes;
        if (isThorough || unloaded.Exists(scope.Finds))
            cursor = OnceMore(cursor, isPast: isThorough && unloaded.TrueForAll(scope.Finds));
        // The token must outlive an interruption of the loads that it was taken for.
        if (last is null || isThorough || cursor.Projects.Count < last.Projects.Count)
            yield return Page([], cursor);
        await foreach (var step in new ProjectLoads(Read, ReportingFeed.Links, null).RunAsync(unloaded, cursor.Loads, cancellationToken))
        {
            if (step.Notice is { } notice)
                yield return notice;
            if (step.Batch is null)
                continue;
            var loads = new Dictionary<string, string>(cursor.Loads ?? new Dictionary<string, string>(), StringComparer.Ordinal);
            loads.Remove(step.Project);
            if (!step.IsDone && step.Token is { } token)
                loads[step.Project] = token;
            cursor = await KnowingParentsAsync(cursor with { Loads = loads, Projects = step.IsDone ? [.. cursor.Projects, step.Project] : cursor.Projects }, step.Batch, cancellationToken);
            yield return Page(step.Batch.Values, cursor);
        }

        await foreach (var page in FollowAsync(scope, cursor, cancellationToken))
            yield return page;
    }

    /// <summary>
    /// The feed from where the last thorough reading stood. A project's own feed does not tell of links that begin elsewhere, so that place is kept while a project is gone.
    /// </summary>
    private static LinkCursor OnceMore(LinkCursor cursor, bool isPast) =>
        cursor with { Token = cursor.Thorough ?? cursor.Token, Thorough = isPast ? cursor.Token : cursor.Thorough ?? cursor.Token };

    private async Task<LinkCursor> BeginningAsync(CancellationToken cancellationToken)
    {
        var now = await ReportingFeed.NowAsync(Read, ReportingFeed.Links, clock.GetUtcNow(), cancellationToken);
        return new(now.Token, []) { Thorough = now.Token, From = now.Since };
    }

    private async IAsyncEnumerable<SourcePage> FollowAsync(ReadingScope scope, LinkCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string>? bound = null;
        var trail = new TokenTrail(ReportingFeed.Links, cursor.Token);
        while (true)
        {
            var batch = await Read(null, new FeedStart(cursor.Token, cursor.From), cancellationToken);
            bound ??= batch.Values.Count == 0 ? null : await BoundAsync(scope, cancellationToken);
            var next = await KnowingParentsAsync(cursor with { Token = batch.Next(cursor.Token) }, batch, cancellationToken);
            if (batch.Values.Count > 0)
                yield return Page(batch.Values.Where(l => IsBound(l, bound)), next);
            if (batch.IsLast)
                yield break;
            trail.Onward(next.Token);
            cursor = next;
        }
    }

    private async Task<LinkCursor> KnowingParentsAsync(LinkCursor cursor, FeedBatch batch, CancellationToken cancellationToken) =>
        cursor.ParentsAreLinks is null ? cursor with { ParentsAreLinks = await _parents.AreLinksAloneAsync(batch.Values, cancellationToken) } : cursor;

    /// <summary>While it is not known whether revisions tell parents, links tell them too: the same twice does no harm.</summary>
    private static SourcePage Page(IEnumerable<JsonElement> links, LinkCursor cursor)
    {
        var context = Composed.Object(json => json.WriteBoolean(LinkFacts.ParentsAreLinks, cursor.ParentsAreLinks != false));
        var records = links.Select(l => new SourceRecord(RecordKinds.Link, $"{l.Text("sourceId")}-{l.Text("rel")}-{l.Text("targetId")}", l, context));
        return new([.. records], JsonSerializer.Serialize(cursor, CursorJson.Default.LinkCursor));
    }

    private static async Task<HashSet<string>> BoundAsync(ReadingScope scope, CancellationToken cancellationToken) =>
        [.. (await scope.ProjectsAsync(cancellationToken)).Select(p => p.Id.ToLowerInvariant())];

    // Servers that do not tell the projects of the ends leave it to the store, which ignores ends it does not know.
    private static bool IsBound(JsonElement link, HashSet<string>? bound)
    {
        var (source, target) = (link.Text("sourceProjectId")?.ToLowerInvariant(), link.Text("targetProjectId")?.ToLowerInvariant());
        return bound is null || source is null || target is null || bound.Contains(source) || bound.Contains(target);
    }
}
