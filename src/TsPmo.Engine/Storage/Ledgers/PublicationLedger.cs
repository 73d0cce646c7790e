using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Storage.Ledgers;

/// <summary>Publications in the store: where each stands, and every write that was attempted.</summary>
internal sealed class PublicationLedger(PmoStore store) : IPublicationLedger
{
    public async Task<PublicationRecord?> GetAsync(string project, string publication, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        return await FindAsync(context, project, publication, cancellationToken) is { } row ? Record(row) : null;
    }

    public async Task<IReadOnlyList<PublicationRecord>> ListAsync(string? project, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.Publications.Where(p => project == null || p.Project == project).OrderBy(p => p.Project).ThenBy(p => p.Publication).ToListAsync(cancellationToken);
        return [.. rows.Select(Record)];
    }

    public async Task RecordIntentAsync(PublicationIntent intent, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var row = await FindAsync(session.Context, intent.Project, intent.Publication, cancellationToken) ?? NewRow(intent);
        (row.Connector, row.Target, row.Anchor) = (intent.Connector, intent.Target, intent.Write.Anchor);
        if (row.Written is null)
            row.Before = intent.Write.Before;
        row.State = nameof(PublicationState.Intended);
        row.IntentAt = intent.At.ToUnixTimeMilliseconds();
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task RecordResultAsync(PublicationIntent intent, WriteResult result, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var row = await FindAsync(session.Context, intent.Project, intent.Publication, cancellationToken) ?? NewRow(intent);
        if (result.Problem is null)
            Succeed(row, intent, result);
        else if (!result.IsUncertain)
            (row.State, row.IntentAt) = (nameof(PublicationState.Failed), null);
        await session.UpsertAsync([row], cancellationToken);
        session.Context.PublicationEvents.Add(Event(intent, result));
        await session.Context.SaveChangesAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task ConfirmAsync(string project, string publication, string contentHash, string? remoteId, string? written, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        if (await FindAsync(session.Context, project, publication, cancellationToken) is not { } row)
            return;
        (row.State, row.RemoteId, row.Written) = (nameof(PublicationState.Written), remoteId ?? row.RemoteId, written ?? row.Written);
        (row.ContentHash, row.WrittenAt, row.IntentAt) = (contentHash, row.IntentAt ?? row.WrittenAt, null);
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private static void Succeed(PublicationRow row, PublicationIntent intent, WriteResult result)
    {
        (row.IntentAt, row.WrittenAt) = (null, intent.At.ToUnixTimeMilliseconds());
        if (intent.Write.Kind == PlanOutcome.Retract)
        {
            (row.State, row.RemoteId, row.Written, row.Before, row.ContentHash) = (nameof(PublicationState.Retracted), null, null, null, null);
            return;
        }

        (row.State, row.ContentHash) = (nameof(PublicationState.Written), intent.ContentHash);
        (row.RemoteId, row.Written) = (result.RemoteId ?? row.RemoteId, result.Written);
    }

    private static Task<PublicationRow?> FindAsync(PmoContext context, string project, string publication, CancellationToken cancellationToken) =>
        context.Publications.FirstOrDefaultAsync(p => p.Project == project && p.Publication == publication, cancellationToken);

    private static PublicationRow NewRow(PublicationIntent intent) => new()
    {
        Project = intent.Project,
        Publication = intent.Publication,
        Connector = intent.Connector,
        Target = intent.Target,
        Anchor = intent.Write.Anchor,
        State = nameof(PublicationState.Intended),
    };

    private static PublicationEventRow Event(PublicationIntent intent, WriteResult result) => new()
    {
        Project = intent.Project,
        Publication = intent.Publication,
        At = intent.At.ToUnixTimeMilliseconds(),
        Action = intent.Write.Kind.ToString(),
        ContentHash = intent.ContentHash,
        Problem = result.Problem?.Code,
    };

    private static PublicationRecord Record(PublicationRow row) => new()
    {
        Project = row.Project,
        Publication = row.Publication,
        Connector = row.Connector,
        Target = row.Target,
        Anchor = row.Anchor,
        State = Enum.Parse<PublicationState>(row.State),
        ContentHash = row.ContentHash,
        Written = row.Written,
        Before = row.Before,
        RemoteId = row.RemoteId,
        WrittenAt = Instants.FromRow(row.WrittenAt),
    };
}
