using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Sweep;

/// <summary>
/// Looks what became of single items. Those that are there come with all their revisions; of the others the recycle bin tells which were deleted, and what neither
/// shows is asked for by itself, since only then the tracker says whether it is gone or forbidden.
/// </summary>
internal sealed class ItemLook(AzureDevOpsClient client, KnownIterations iterations, DateTimeOffset? since)
{
    private readonly ItemDetails _details = new(client);
    private readonly RevisionRecords _records = new(client, iterations);

    public async IAsyncEnumerable<ReadStep> RunAsync(IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (fields, _) = await FieldChoice.ReadAsync(client, cancellationToken);
        // Asking for a field that is not there is refused.
        IReadOnlyList<string> sight = [FieldNames.Id, .. fields.Where(OutsideLinks.IsCount)];
        foreach (var batch in ids.Chunk(ItemDetails.LargestBatch))
        {
            var numbers = batch.Select(Number).OfType<long>().ToList();
            var there = await _details.NowAsync(numbers, sight, cancellationToken);
            var lost = batch.Where(id => Number(id) is not { } number || !there.ContainsKey(number)).ToList();
            yield return new LookedAt(await RecordsAsync(there, fields, cancellationToken), await AbsentAsync(lost, cancellationToken));
        }
    }

    private async Task<IReadOnlyList<SourceRecord>> RecordsAsync(Dictionary<long, JsonElement> there, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var revisions = new List<JsonElement>();
        foreach (var id in there.Keys)
            revisions.AddRange(MissingRevisions.Cut(await _details.RevisionsAsync(new(id, 0, long.MaxValue), fields, cancellationToken), since));
        var records = await _records.OfAsync(revisions, [], cancellationToken);
        var hyperlinks = new HyperlinkReading(_details, there.Where(i => MayHaveLinks(i.Value.Child("fields"))).Select(i => i.Key));
        records.AddRange(await hyperlinks.RestAsync(cancellationToken));
        return records;
    }

    private static bool MayHaveLinks(JsonElement? fields) => !OutsideLinks.AreCounted(fields) || OutsideLinks.Of(fields) > 0;

    private async Task<IReadOnlyList<AbsentItem>> AbsentAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var binned = await BinnedAsync(ids, cancellationToken);
        var absent = new List<AbsentItem>();
        foreach (var id in ids)
            absent.Add(new(id, binned.Contains(id) ? Absence.Deleted : await WhyAsync(id, cancellationToken)));
        return absent;
    }

    /// <summary>Items that lie in a recycle bin. Whoever may not look there is told nothing, and the items are asked for one by one.</summary>
    private async Task<HashSet<string>> BinnedAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/recyclebin", "_apis/wit/recyclebin")
        {
            Options = [("ids", string.Join(',', ids))],
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
        };
        var answer = await client.SendAsync(call, cancellationToken);
        var found = answer.Status == HttpStatusCode.OK ? answer.Body.Items("value") : [];
        return [.. found.Where(i => i.Whole("code") is null or 200).Select(i => i.Text("id")).OfType<string>()];
    }

    private async Task<Absence> WhyAsync(string id, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, "wit/workitems", $"_apis/wit/workitems/{AzureDevOpsClient.Segment(id)}")
        {
            Options = [("fields", FieldNames.Id)],
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden],
        };
        var answer = await client.SendAsync(call, cancellationToken);
        // The vendor's word for an item that is not there; a project that cannot be seen has another.
        var isGone = answer.Status == HttpStatusCode.NotFound && (answer.Body.Text("message") ?? "").StartsWith("TF401232", StringComparison.Ordinal);
        return isGone ? Absence.Deleted : Absence.Hidden;
    }

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
