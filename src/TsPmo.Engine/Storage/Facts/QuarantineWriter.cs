using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Rows;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Keeps records that could not be understood, and lets them go when they are.</summary>
internal sealed class QuarantineWriter(WriteSession session, PageCommit page)
{
    /// <summary>Characters of a record that are kept: enough to see what it was.</summary>
    private const int BodyLimit = 4096;

    public async Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await session.Context.Quarantine.Where(q => q.Connector == page.Connector).Select(q => new { q.Kind, q.RecordId, q.FirstSeen })
            .ToDictionaryAsync(q => new RecordId(q.Kind, q.RecordId), q => q.FirstSeen, cancellationToken);
        foreach (var understood in page.Understood.Where(held.ContainsKey))
        {
            await session.Context.Quarantine.Where(q => q.Connector == page.Connector && q.Kind == understood.Kind && q.RecordId == understood.Id)
                .ExecuteDeleteAsync(cancellationToken);
        }

        var seen = now.ToUnixTimeMilliseconds();
        await session.UpsertAsync([.. page.Quarantined.Select(q => Row(q, held.GetValueOrDefault(new RecordId(q.Record.Kind, q.Record.Id), seen), seen))], cancellationToken);
    }

    private QuarantineRow Row(QuarantinedRecord broken, long firstSeen, long lastSeen)
    {
        var body = broken.Record.Body.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : broken.Record.Body.GetRawText();
        return new QuarantineRow
        {
            Connector = page.Connector,
            Kind = broken.Record.Kind,
            RecordId = broken.Record.Id,
            Stream = page.Stream,
            Code = broken.Problem.Code,
            Message = broken.Problem.Message,
            Remedy = broken.Problem.Remedy,
            Body = body.Length <= BodyLimit ? body : body[..BodyLimit],
            FirstSeen = firstSeen,
            LastSeen = lastSeen,
        };
    }
}
