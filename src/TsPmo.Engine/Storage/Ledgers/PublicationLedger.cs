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
        var row = await FindAsync(session.Context, intent.Project, intent.Publication, cancellationToken) ?? NewRow(PlaceOf(intent), PublicationState.Failed);
        (row.Connector, row.Target, row.Anchor) = (intent.Connector, intent.Target, intent.Write.Anchor);
        if (row.Written is null)
            row.Before = intent.Write.Before;
        // A creation that was begun and may have arrived is tried again: that is no second one.
        if (intent.Write.Kind == PlanOutcome.Create && row.State != nameof(PublicationState.Intended))
            row.Creations++;
        row.State = nameof(PublicationState.Intended);
        row.IntentAt = intent.At.ToUnixTimeMilliseconds();
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task RecordResultAsync(PublicationIntent intent, WriteResult result, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var row = await FindAsync(session.Context, intent.Project, intent.Publication, cancellationToken) ?? NewRow(PlaceOf(intent), PublicationState.Intended);
        if (!result.IsUncertain && result.Problem is null)
            Succeed(row, intent, result);
        else if (!result.IsUncertain)
            Fail(row, intent);
        await session.UpsertAsync([row], cancellationToken);
        session.Context.PublicationEvents.Add(Event(intent, result));
        await session.Context.SaveChangesAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public Task SettleAsync(string project, string publication, StandingPublication standing, CancellationToken cancellationToken) =>
        ChangeAsync(project, publication, row =>
        {
            (row.State, row.RemoteId, row.Written) = (nameof(PublicationState.Written), standing.RemoteId ?? row.RemoteId, standing.Written ?? row.Written);
            (row.ContentHash, row.Material) = (standing.ContentHash, PublicationJson.Write(standing.Material));
            (row.WrittenAt, row.IntentAt) = (row.IntentAt ?? row.WrittenAt, null);
            (row.Trouble, row.Conflict) = (null, null);
            return true;
        }, cancellationToken);

    public async Task RecordTroubleAsync(PublicationPlace place, PublicationTrouble trouble, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var row = await FindAsync(session.Context, place.Project, place.Publication, cancellationToken) ?? NewRow(place, PublicationState.Failed);
        row.Trouble = PublicationJson.Write(trouble);
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public async Task RecordConflictAsync(PublicationPlace place, PublicationConflict conflict, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        var row = await FindAsync(session.Context, place.Project, place.Publication, cancellationToken) ?? NewRow(place, PublicationState.Failed);
        if (PublicationJson.ReadConflict(row.Conflict)?.Fingerprint == conflict.Fingerprint)
            return;
        row.Conflict = PublicationJson.Write(conflict);
        await session.UpsertAsync([row], cancellationToken);
        session.Context.PublicationEvents.Add(new()
        {
            Project = place.Project, Publication = place.Publication, Connector = place.Connector, Target = place.Target, Anchor = place.Anchor,
            At = conflict.At.ToUnixTimeMilliseconds(), Action = nameof(PlanOutcome.Conflict), Written = conflict.Standing,
        });
        await session.Context.SaveChangesAsync(cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    public Task<bool> ResolveAsync(string project, string publication, string fingerprint, ConflictResolution resolution, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(project, publication, row =>
        {
            if (PublicationJson.ReadConflict(row.Conflict) is not { } conflict || conflict.Fingerprint != fingerprint)
                return false;
            row.Conflict = PublicationJson.Write(conflict with { Resolution = resolution, By = by, ResolvedAt = at });
            return true;
        }, cancellationToken);

    public async Task<int> WritesSinceAsync(string connector, string anchor, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var from = since.ToUnixTimeMilliseconds();
        return await context.PublicationEvents.CountAsync(
            e => e.Connector == connector && e.Anchor == anchor && e.At >= from && e.Problem == null && (e.Action == nameof(PlanOutcome.Create) || e.Action == nameof(PlanOutcome.Update)),
            cancellationToken);
    }

    public async Task<IReadOnlyList<PublicationEvent>> HistoryAsync(string? project, int most, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.PublicationEvents.Where(e => project == null || e.Project == project).OrderByDescending(e => e.At).ThenByDescending(e => e.EventId).Take(most).ToListAsync(cancellationToken);
        return [.. rows.Select(Told)];
    }

    private async Task<bool> ChangeAsync(string project, string publication, Func<PublicationRow, bool> change, CancellationToken cancellationToken)
    {
        await using var session = await store.WriteAsync(cancellationToken);
        if (await FindAsync(session.Context, project, publication, cancellationToken) is not { } row || !change(row))
            return false;
        await session.UpsertAsync([row], cancellationToken);
        await session.CommitAsync(cancellationToken);
        return true;
    }

    private static void Succeed(PublicationRow row, PublicationIntent intent, WriteResult result)
    {
        (row.IntentAt, row.WrittenAt, row.Trouble, row.Conflict) = (null, intent.At.ToUnixTimeMilliseconds(), null, null);
        if (intent.Write.Kind == PlanOutcome.Retract)
        {
            (row.State, row.RemoteId, row.Written, row.Before, row.ContentHash) = (nameof(PublicationState.Retracted), null, null, null, null);
            (row.Material, row.Creations) = (null, 0);
            return;
        }

        (row.State, row.ContentHash) = (nameof(PublicationState.Written), intent.Report?.ContentHash);
        (row.RemoteId, row.Written) = (result.RemoteId ?? row.RemoteId, result.Written);
        row.Material = intent.Report is { } report ? PublicationJson.Write(report.Material) : null;
    }

    private static void Fail(PublicationRow row, PublicationIntent intent)
    {
        (row.State, row.IntentAt) = (nameof(PublicationState.Failed), null);
        if (intent.Write.Kind == PlanOutcome.Create)
            row.Creations--;
    }

    private static Task<PublicationRow?> FindAsync(PmoContext context, string project, string publication, CancellationToken cancellationToken) =>
        context.Publications.FirstOrDefaultAsync(p => p.Project == project && p.Publication == publication, cancellationToken);

    private static PublicationPlace PlaceOf(PublicationIntent intent) => new(intent.Project, intent.Publication, intent.Connector, intent.Target, intent.Write.Anchor);

    private static PublicationRow NewRow(PublicationPlace place, PublicationState state) => new()
    {
        Project = place.Project,
        Publication = place.Publication,
        Connector = place.Connector,
        Target = place.Target,
        Anchor = place.Anchor,
        State = state.ToString(),
    };

    private static PublicationEventRow Event(PublicationIntent intent, WriteResult result) => new()
    {
        Project = intent.Project,
        Publication = intent.Publication,
        Connector = intent.Connector,
        Target = intent.Target,
        Anchor = intent.Write.Anchor,
        At = intent.At.ToUnixTimeMilliseconds(),
        Actor = intent.Actor,
        Action = intent.Write.Kind.ToString(),
        ContentHash = intent.Report?.ContentHash,
        Problem = result.Problem?.Code,
        Before = intent.Standing,
        Written = intent.Desired,
        MeasuredAt = intent.Report?.AsOf.ToUnixTimeMilliseconds(),
    };

    private static PublicationEvent Told(PublicationEventRow row) =>
        new(new(row.Project, row.Publication, row.Connector, row.Target, row.Anchor), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Actor, row.Action)
        {
            ContentHash = row.ContentHash,
            Problem = row.Problem,
            Before = row.Before,
            Written = row.Written,
            MeasuredAt = Instants.FromRow(row.MeasuredAt),
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
        Material = PublicationJson.ReadMaterial(row.Material),
        Creations = row.Creations,
        Trouble = PublicationJson.ReadTrouble(row.Trouble),
        Conflict = PublicationJson.ReadConflict(row.Conflict),
    };
}
