using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>What the feeds leave out: the past of items that moved in, and hyperlinks.</summary>
internal sealed class ItemDetails(AzureDevOpsClient client)
{
    private const int LargestBatch = 200;

    /// <summary>Revisions of an item before a given one; none where the item cannot be read any more.</summary>
    public async Task<IReadOnlyList<JsonElement>> EarlierAsync(long id, long before, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        while (true)
        {
            var call = new ApiCall(HttpMethod.Get, "wit/workItems/revisions", $"_apis/wit/workItems/{id.ToString(CultureInfo.InvariantCulture)}/revisions")
            {
                Options = [("$top", "200"), ("$skip", found.Count.ToString(CultureInfo.InvariantCulture))],
                Expected = [HttpStatusCode.NotFound],
            };
            var page = (await client.SendAsync(call, cancellationToken)).Body.Items("value").ToList();
            found.AddRange(page);
            if (page.Count < LargestBatch || found.Count >= before - 1)
                return [.. found.Where(r => r.Whole("rev") < before)];
        }
    }

    /// <summary>The items with their relations; those that cannot be read are left out.</summary>
    public async IAsyncEnumerable<JsonElement> RelationsAsync(IEnumerable<long> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(LargestBatch))
        {
            var question = Composed.Object(json =>
            {
                json.WriteStartArray("ids");
                foreach (var id in batch)
                    json.WriteNumberValue(id);
                json.WriteEndArray();
                json.WriteString("$expand", "relations");
                json.WriteString("errorPolicy", "omit");
            });
            foreach (var item in (await client.AskAsync("wit/workitemsbatch", "_apis/wit/workitemsbatch", question, cancellationToken)).Body.Items("value"))
                yield return item;
        }
    }
}
