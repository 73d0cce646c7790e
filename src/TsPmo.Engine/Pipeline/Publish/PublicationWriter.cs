using Microsoft.Extensions.Logging;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Brings one place to what should stand there: plan, then at most one write with its intent recorded before and its result after.</summary>
internal sealed class PublicationWriter(IPublicationLedger ledger, IFactStore facts, TimeProvider clock, ILogger log)
{
    private readonly WriteGuard _guard = new(ledger);
    private readonly ConflictDesk _conflicts = new(ledger, clock);

    /// <summary>Plans, and writes unless it is a dry run. Whatever fails is in the row; only cancellation is thrown.</summary>
    /// <param name="run">The run it is a part of.</param>
    /// <param name="place">Where.</param>
    /// <param name="compose">Says what should stand there, given what was last said; null: nothing of ours.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PublicationRow> BringAsync(PublishRun run, PublicationPlace place, Func<LastSaid?, StatusReport>? compose, CancellationToken cancellationToken)
    {
        try
        {
            var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
            var known = record?.IsOf(place) == true ? record : null;
            if (compose is not null && WriteGuard.Waits(run, place, known) is { } waiting)
                return waiting;
            return await PlanAndWriteAsync(run, place, known, compose?.Invoke(Said(known)), cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            return PublicationFault.Row(log, place, failure);
        }
    }

    /// <summary>Takes back what still stands where the configuration has moved the publication away from; null where nothing does.</summary>
    public async Task<PublicationRow?> ClearOldAsync(PublishRun run, PublicationPlace place, CancellationToken cancellationToken)
    {
        try
        {
            var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
            return record?.ToLastWrite() is null || record.IsOf(place) ? null : await PlanAndWriteAsync(run, record.Place, record, null, cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            return PublicationFault.Row(log, place, failure);
        }
    }

    private static LastSaid? Said(PublicationRecord? record) => record?.ToLastWrite() is null ? null : new(record.ContentHash, record.Material, record.WrittenAt);

    private async Task<PublicationRow> PlanAndWriteAsync(PublishRun run, PublicationPlace place, PublicationRecord? record, StatusReport? report, CancellationToken cancellationToken)
    {
        if (Publisher(run.Setup, place) is not { } publisher)
            return await TroubledAsync(run, place, record, place.Row(PublicationAction.Failed), Unreachable(place), cancellationToken);
        var request = Request(run, place, record, report);
        var plan = await publisher.PlanAsync(request, cancellationToken);
        if (plan.Outcome == PlanOutcome.Conflict && ConflictDesk.IsToBeTakenOver(record, plan))
            plan = await publisher.PlanAsync(request with { TakesOver = true }, cancellationToken);
        if (plan.Outcome == PlanOutcome.Conflict)
            return await _conflicts.MeetAsync(run, place, record, plan, cancellationToken);
        plan = WriteGuard.Judged(place, record, plan);
        var row = place.Row(ActionOf(plan.Outcome, run.IsDry)) with { Quiet = plan.Quiet, Diff = plan.Write is null ? null : UnifiedDiff.Between(plan.Standing, plan.Desired) };
        if (plan.Outcome == PlanOutcome.Refused)
            return await TroubledAsync(run, place, record, row, plan.Problem ?? Unexplained(place), cancellationToken);
        if (plan.Write is { } write)
            return run.IsDry ? row : await WrittenAsync(run, publisher, new(place, record, report, plan, write), row, cancellationToken);
        if (!run.IsDry)
            await SettleAsync(run, place, record, plan, report, cancellationToken);
        return row;
    }

    private async Task<PublicationRow> WrittenAsync(PublishRun run, IPublisher publisher, Writing writing, PublicationRow row, CancellationToken cancellationToken)
    {
        if (await _guard.RefuseAsync(run, writing.Place, writing.Write, cancellationToken) is { } spent)
            return row with { Action = PublicationAction.Failed, Error = SyncError.Of(spent) };
        var failure = await WriteAsync(run, publisher, writing, cancellationToken);
        if (failure is null && writing.Report is null)
            failure = await StillStandsAsync(run, publisher, writing.Place, cancellationToken);
        return failure is null
            ? row
            : await TroubledAsync(run, writing.Place, writing.Record, row with { Action = PublicationAction.Failed }, failure, cancellationToken);
    }

    /// <summary>Keeps what went wrong until it is gone, so that it is shown and the schedule leaves the place alone for a while.</summary>
    private async Task<PublicationRow> TroubledAsync(PublishRun run, PublicationPlace place, PublicationRecord? record, PublicationRow row, Problem problem, CancellationToken cancellationToken)
    {
        if (!run.IsDry)
            await ledger.RecordTroubleAsync(place, WriteGuard.Trouble(problem, record?.Trouble?.Times ?? 0, clock.GetUtcNow()), cancellationToken);
        return row with { Error = SyncError.Of(problem) };
    }

    private static PublicationRequest Request(PublishRun run, PublicationPlace place, PublicationRecord? record, StatusReport? report) => new()
    {
        Id = $"{place.Project}/{place.Publication}",
        Anchor = place.Anchor,
        Report = report,
        Last = record?.ToLastWrite(),
        AllowNotifications = run.Rules.AllowNotifications,
    };

    /// <summary>After the write has been sent nothing may keep its result out of the ledger, not even a request to stop.</summary>
    private async Task<Problem?> WriteAsync(PublishRun run, IPublisher publisher, Writing writing, CancellationToken cancellationToken)
    {
        var intent = Intent(run, writing.Place, writing.Write, writing.Report) with { Standing = writing.Plan.Standing, Desired = writing.Plan.Desired };
        await ledger.RecordIntentAsync(intent, cancellationToken);
        run.Count();
        var result = await publisher.ApplyAsync(writing.Write, cancellationToken);
        await ledger.RecordResultAsync(intent, result, CancellationToken.None);
        if (result.Touched is { } touched)
            await facts.TouchItemAsync(writing.Place.Connector, touched, CancellationToken.None);
        return result.Problem ?? (result.IsUncertain ? Uncertain(writing.Place) : null);
    }

    /// <summary>
    /// Planning again tells what became of a write whose result was never learned: it stands, or, where nothing of ours should, nothing does.
    /// </summary>
    private async Task SettleAsync(PublishRun run, PublicationPlace place, PublicationRecord? record, PublicationPlan plan, StatusReport? report, CancellationToken cancellationToken)
    {
        if (report is not null && record is { State: PublicationState.Intended } or { Trouble: not null } or { Conflict: not null })
            await ledger.SettleAsync(place.Project, place.Publication, new(report!.ContentHash, report.Material, plan.RemoteId, plan.Written), cancellationToken);
        if (report is null && record?.ToLastWrite() is not null)
            await ledger.RecordResultAsync(Intent(run, place, new(PlanOutcome.Retract, place.Anchor, record.RemoteId, null, null, null), null), new WriteResult(), cancellationToken);
    }

    private PublicationIntent Intent(PublishRun run, PublicationPlace place, PlannedWrite write, StatusReport? report) => new()
    {
        Project = place.Project,
        Publication = place.Publication,
        Connector = place.Connector,
        Target = place.Target,
        Write = write,
        Report = report,
        Actor = run.Request.Actor,
        At = clock.GetUtcNow(),
    };

    private async Task<Problem?> StillStandsAsync(PublishRun run, IPublisher publisher, PublicationPlace place, CancellationToken cancellationToken)
    {
        var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
        var again = await publisher.PlanAsync(Request(run, place, record, null), cancellationToken);
        return again.Outcome == PlanOutcome.Unchanged
            ? null
            : again.Problem ?? new("still-standing", $"Something of ours still stands at {place.Anchor} after it was taken back.", "Run retract again.") { Scope = place.Anchor, Retryable = true };
    }

    private static IPublisher? Publisher(PmoSetup setup, PublicationPlace place) =>
        setup.Connectors.FirstOrDefault(c => c.Name == place.Connector)?.Publishers.GetValueOrDefault(place.Target);

    private static PublicationAction ActionOf(PlanOutcome outcome, bool dryRun) => outcome switch
    {
        PlanOutcome.Unchanged => PublicationAction.Unchanged,
        PlanOutcome.Create => dryRun ? PublicationAction.WouldCreate : PublicationAction.Created,
        PlanOutcome.Update => dryRun ? PublicationAction.WouldUpdate : PublicationAction.Updated,
        PlanOutcome.Retract => dryRun ? PublicationAction.WouldRetract : PublicationAction.Retracted,
        PlanOutcome.Conflict => PublicationAction.Conflict,
        _ => PublicationAction.Failed,
    };

    private static Problem Unreachable(PublicationPlace place) => new(
        "target-unknown",
        $"{place.Target} of {place.Connector} cannot be written: the connector is not configured or has no such target.",
        $"Configure the connector {place.Connector} and a target that it has.") { Scope = place.Anchor };

    private static Problem Unexplained(PublicationPlace place) => new(
        "refused", $"{place.Target} at {place.Anchor} was not written.", "Look at what stands there.") { Scope = place.Anchor };

    private static Problem Uncertain(PublicationPlace place) => new(
        "uncertain-write",
        $"It is not known whether the write to {place.Anchor} arrived.",
        "Nothing: the next run looks for what was written before it writes again.") { Scope = place.Anchor, Retryable = true };

    private sealed record Writing(PublicationPlace Place, PublicationRecord? Record, StatusReport? Report, PublicationPlan Plan, PlannedWrite Write);
}
