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
        var (found, skip) = (new SortedDictionary<long, JsonElement>(), gap.After);
        var page = await RevisionsAsync(gap.Id, skip, cancellationToken);
        // As many are passed over as there are without holes in their numbers; where there are some, what is wanted lies further back.
        while (skip > 0 && page is not null && !(page.Count > 0 && page[0].Whole("rev") <= gap.After + 1))
        {
            skip = Math.Max(0, skip - LargestBatch);
            page = await RevisionsAsync(gap.Id, skip, cancellationToken);
        }

        while (page is { Count: > 0 })
        {
            foreach (var revision in page)
                found.TryAdd(revision.Whole("rev") ?? 0, revision);
            if (page.Count < LargestBatch || page[^1].Whole("rev") >= gap.Before - 1)
                break;
            skip += page.Count;
            page = await RevisionsAsync(gap.Id, skip, cancellationToken);
        }

        return [.. found.Where(r => r.Key > gap.After && r.Key < gap.Before).Select(r => Only(r.Value, fields))];
    }

    /// <summary>A page; null where the item cannot be read any more.</summary>
    private async Task<IReadOnlyList<JsonElement>?> RevisionsAsync(long id, long skip, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/workItems/revisions", $"_apis/wit/workItems/{id.ToString(CultureInfo.InvariantCulture)}/revisions")
        {
            Options = [("$top", "200"), ("$skip", skip.ToString(CultureInfo.InvariantCulture))],
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
        };
        var answer = await client.SendAsync(call, cancellationToken);
        return answer.Status == HttpStatusCode.OK ? [.. answer.Body.Items("value")] : null;
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
