using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Where a feed is asked to begin: behind a token, else at an instant, else at its beginning. The vendor refuses a token together with an instant.</summary>
internal readonly record struct FeedStart(string? Token, DateTimeOffset? Since);

/// <summary>Asks a reporting feed for its next batch: of the whole organisation (project null) or of one project.</summary>
internal delegate Task<FeedBatch> FeedReader(TeamProject? project, FeedStart start, CancellationToken cancellationToken);

/// <summary>
/// The two reporting feeds. The organisation's tells of everything and is the one to follow; a project's own is the cheap way to load what it holds,
/// but misses what leaves it.
/// </summary>
internal sealed class ReportingFeed(AzureDevOpsClient client)
{
    public const string Revisions = "wit/reporting/workitemrevisions";
    public const string Links = "wit/reporting/workitemlinks";
    private const string Resource = "wit/reporting";

    // Generous towards clocks that differ; what lies in it is read twice and stored once.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>A batch of revisions, deleted items included. The fields go in the body: there are too many for an address. How many come is the server's choice.</summary>
    public async Task<FeedBatch> RevisionsAsync(TeamProject? project, FeedStart start, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        var filter = Composed.Object(json =>
        {
            json.WriteStartArray("fields");
            foreach (var field in fields)
                json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteBoolean("includeDeleted", true);
            json.WriteBoolean("includeIdentityRef", true);
        });
        return await BatchAsync(ApiCall.Question(Resource, Path(project, Revisions), filter) with { Options = Options(start) }, cancellationToken);
    }

    /// <summary>A batch of links made and undone.</summary>
    public Task<FeedBatch> LinksAsync(TeamProject? project, FeedStart start, CancellationToken cancellationToken) =>
        BatchAsync(new(HttpMethod.Get, Resource, Path(project, Links)) { Options = Options(start) }, cancellationToken);

    /// <summary>
    /// Where the organisation's feed stands now, taken before anything is loaded: what changes while projects are loaded lies behind it. The token is null where the server tells none,
    /// as it may where nothing changed of late; the feed is then followed from the instant until it tells one.
    /// </summary>
    public static async Task<FeedStart> NowAsync(FeedReader read, string feed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = new FeedStart(null, now - Overlap);
        var trail = new TokenTrail(feed);
        while (true)
        {
            var batch = await read(null, start, cancellationToken);
            start = start with { Token = batch.Next(start.Token) };
            if (batch.IsLast)
                return start;
            trail.Onward(start.Token);
        }
    }

    /// <summary>A batch is as large as the server likes, so what it brings is kept piece by piece as it is read.</summary>
    private async Task<FeedBatch> BatchAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var values = new SetAside<JsonElement>(FeedBatch.List, value => value.Clone());
        var answer = await client.SendAsync(call with { SetAside = values }, cancellationToken);
        return FeedBatch.Of(answer.Body, values.Made);
    }

    private static string Path(TeamProject? project, string feed) => project is null ? $"_apis/{feed}" : $"{project.Segment}/_apis/{feed}";

    private static (string, string?)[] Options(FeedStart start) =>
        [("continuationToken", start.Token), ("startDateTime", start.Token is null && start.Since is { } since ? WireDate.Write(since) : null)];
}
