using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>What the feed leaves out, asked for in batches wherever the tracker has one.</summary>
internal sealed class ItemDetails(AzureDevOpsClient client)
{
    /// <summary>The most items or revisions that the vendor gives at once.</summary>
    public const int LargestBatch = 200;

    /// <summary>
    /// Revisions that lie in a gap, with the chosen fields as the feed gives them; none where the item cannot be read any more. The vendor has no batch and no choice of fields for this.
    /// </summary>
    public async Task<IReadOnlyList<JsonElement>> RevisionsAsync(RevisionGap gap, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var found = new List<JsonElement>();
        while (true)
        {
            var call = new ApiCall(HttpMethod.Get, "wit/workItems/revisions", $"_apis/wit/workItems/{gap.Id.ToString(CultureInfo.InvariantCulture)}/revisions")
            {
                // Revisions are numbered without holes from 1 on.
                Options = [("$top", "200"), ("$skip", (gap.After + found.Count).ToString(CultureInfo.InvariantCulture))],
                Expected = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
            };
            var page = (await client.SendAsync(call, cancellationToken)).Body.Items("value").ToList();
            found.AddRange(page);
            if (page.Count < LargestBatch || page[^1].Whole("rev") >= gap.Before - 1)
                return [.. found.Where(r => r.Whole("rev") > gap.After && r.Whole("rev") < gap.Before).Select(r => Only(r, fields))];
        }
    }

    /// <summary>The items as they stood at an instant, by id; those that did not exist then or cannot be read are left out.</summary>
    public Task<Dictionary<long, JsonElement>> AsOfAsync(IEnumerable<long> ids, DateTimeOffset instant, IReadOnlyList<string> fields, CancellationToken cancellationToken) =>
        FieldsAsync(ids, instant, fields, cancellationToken);

    /// <summary>The items as they stand, by id; those that cannot be read are left out.</summary>
    public Task<Dictionary<long, JsonElement>> NowAsync(IEnumerable<long> ids, IReadOnlyList<string> fields, CancellationToken cancellationToken) =>
        FieldsAsync(ids, null, fields, cancellationToken);

    /// <summary>The items with their relations; those that cannot be read are left out.</summary>
    public IAsyncEnumerable<JsonElement> RelationsAsync(IEnumerable<long> ids, CancellationToken cancellationToken) =>
        BatchesAsync(ids, json => json.WriteString("$expand", "relations"), cancellationToken);

    private static JsonElement Only(JsonElement revision, IEnumerable<string> fields) => Composed.Object(json =>
    {
        json.WriteNumber("id", revision.Whole("id") ?? 0);
        json.WriteNumber("rev", revision.Whole("rev") ?? 0);
        json.WriteStartObject("fields");
        foreach (var field in fields)
        {
            if (revision.Child("fields").Child(field) is { } value)
                json.Write(field, value);
        }

        json.WriteEndObject();
    });

    private async Task<Dictionary<long, JsonElement>> FieldsAsync(IEnumerable<long> ids, DateTimeOffset? instant, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, JsonElement>();
        await foreach (var item in BatchesAsync(ids, Wish, cancellationToken))
        {
            if (item.Whole("id") is { } id)
                found[id] = item;
        }

        return found;

        void Wish(Utf8JsonWriter json)
        {
            json.WriteStartArray("fields");
            foreach (var field in fields)
                json.WriteStringValue(field);
            json.WriteEndArray();
            if (instant is { } then)
                json.WriteString("asOf", WireDate.Write(then));
        }
    }

    private async IAsyncEnumerable<JsonElement> BatchesAsync(IEnumerable<long> ids, Action<Utf8JsonWriter> wish, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in ids.Chunk(LargestBatch))
        {
            var question = Composed.Object(json =>
            {
                json.WriteStartArray("ids");
                foreach (var id in batch)
                    json.WriteNumberValue(id);
                json.WriteEndArray();
                wish(json);
                json.WriteString("errorPolicy", "omit");
            });
            foreach (var item in (await client.AskAsync("wit/workitemsbatch", "_apis/wit/workitemsbatch", question, cancellationToken)).Body.Items("value"))
                yield return item;
        }
    }
}
