using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Normalising;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Finds out whether the feed of revisions tells parents: the field may be missing on the server, or be there and left out of the feed. The revision that was made with a link to a
/// parent shows it.
/// </summary>
internal sealed class ParentTelling(AzureDevOpsClient client)
{
    // The revision and the link are of one moment, but not always of one instant.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    private readonly ReportingFeed _feed = new(client);

    /// <summary>Whether links alone tell parents; null where none of these links shows it.</summary>
    public async Task<bool?> AreLinksAloneAsync(IEnumerable<JsonElement> links, CancellationToken cancellationToken)
    {
        foreach (var link in links)
        {
            if (LinkFacts.ChildOf(link) is not { } child || link.Instant("changedDate") is not { } at)
                continue;
            return await LacksFieldAsync(cancellationToken) ? true : await IsUntoldAsync(child, at, cancellationToken);
        }

        return null;
    }

    private async Task<bool> LacksFieldAsync(CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/fields", $"_apis/wit/fields/{FieldNames.Parent}") { Expected = [HttpStatusCode.NotFound] };
        return (await client.SendAsync(call, cancellationToken)).Status == HttpStatusCode.NotFound;
    }

    private async Task<bool?> IsUntoldAsync(string child, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var batch = await _feed.RevisionsAsync(null, new(null, at - Before), [FieldNames.Id, FieldNames.Parent], cancellationToken);
        var told = batch.Values.Where(r => r.Text("id") == child).Select(r => r.Child("fields").Text(FieldNames.Parent) is not null).ToList();
        return told.Count == 0 ? null : !told.Contains(true);
    }
}
