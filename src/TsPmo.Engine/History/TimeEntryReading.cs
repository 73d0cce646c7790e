using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History;

/// <summary>
/// Reads hours booked on items. A tracker tells them as entries, or as a running total whose differences are the entries; one tracker does not do both.
/// </summary>
internal sealed class TimeEntryReading(PmoStore store)
{
    /// <summary>Items asked for at a time.</summary>
    private const int BatchSize = 500;

    /// <summary>The entries that a connector tells of some items.</summary>
    public async Task<List<TimeEntry>> ToldAsync(string connector, IEnumerable<string> items, People people, CancellationToken cancellationToken)
    {
        var entries = new List<TimeEntry>();
        await using var context = store.Read();
        foreach (var batch in items.Chunk(BatchSize))
        {
            var rows = await context.TimeEntries.Where(t => t.Connector == connector && EF.Parameter(batch).Contains(t.ItemId)).ToListAsync(cancellationToken);
            entries.AddRange(rows.Select(r => new TimeEntry(new(connector, r.Id), new(connector, r.ItemId), people.IdOf(connector, r.Account), Instants.FromRow(r.Started), r.Hours)));
        }

        return entries;
    }

    /// <summary>The differences of an item's running total, ordered by id (ordinal); none where it keeps none.</summary>
    public static IEnumerable<TimeEntry> Differences(string connector, StoredItem item, People people)
    {
        var walk = new RawWalk(item);
        var total = walk.Follow(values => values[RawFields.CompletedWork].AsNumber(), RawFields.CompletedWork);
        walk.Run();
        var rows = total.Changes.Select(c => (c.Step, Hours: (c.To ?? 0) - (c.From ?? 0))).ToList();
        if (total.Initial is { } initial && item.Events.Count > 0)
            rows.Insert(0, (item.Events[0], initial));
        return rows.Where(r => r.Hours != 0)
            .Select(r => new TimeEntry(
                new(connector, string.Create(CultureInfo.InvariantCulture, $"{item.Row.Id}/{r.Step.EventId}")), new(connector, item.Row.Id),
                people.IdOf(connector, r.Step.Author), r.Step.At, r.Hours))
            .OrderBy(e => e.Id.Id, StringComparer.Ordinal);
    }
}
