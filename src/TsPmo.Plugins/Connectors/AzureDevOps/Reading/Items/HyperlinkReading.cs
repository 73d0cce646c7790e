using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// The feed tells how many addresses an item points at and not where they lead, so the items of which the number changed are asked for: a full batch at a time, and what
/// is left at the end, so that a page of the feed does not cost a question of its own. Of a feed that tells no numbers, all that it tells of are asked for.
/// </summary>
internal sealed class HyperlinkReading(ItemDetails details, IEnumerable<long>? open)
{
    private readonly SortedSet<long> _open = [.. open ?? []];

    /// <summary>Items still to be asked for, to be kept with the cursor; null for none.</summary>
    public IReadOnlyList<long>? Open => _open.Count > 0 ? [.. _open] : null;

    /// <summary>Takes note of items with their numbers before and now; gives what could be told at once.</summary>
    public async Task<List<SourceRecord>> TakeAsync(IEnumerable<(long Id, int Before, int Now)> items, CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>();
        foreach (var (id, before, now) in items.Where(i => i.Before != i.Now))
        {
            if (now > 0)
                _open.Add(id);
            else if (_open.Remove(id) || before > 0)
                records.Add(None(id));
        }

        records.AddRange(await FullAsync(cancellationToken));
        return records;
    }

    /// <summary>Takes note of items of which no number is told.</summary>
    public Task<List<SourceRecord>> TakeAsync(IEnumerable<long> items, CancellationToken cancellationToken)
    {
        _open.UnionWith(items);
        return FullAsync(cancellationToken);
    }

    /// <summary>Asks for all that are open.</summary>
    public async Task<List<SourceRecord>> RestAsync(CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>();
        await foreach (var item in details.RelationsAsync(_open, cancellationToken))
            records.Add(new(RecordKinds.Relations, item.Text("id") ?? "", item, default));
        _open.Clear();
        return records;
    }

    private async Task<List<SourceRecord>> FullAsync(CancellationToken cancellationToken) => _open.Count >= ItemDetails.LargestBatch ? await RestAsync(cancellationToken) : [];

    private static SourceRecord None(long id)
    {
        var body = Composed.Object(json =>
        {
            json.WriteNumber("id", id);
            json.Write("relations", []);
        });
        return new(RecordKinds.Relations, id.ToString(CultureInfo.InvariantCulture), body, default);
    }
}
