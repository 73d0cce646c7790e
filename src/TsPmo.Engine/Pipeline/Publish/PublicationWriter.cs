using Microsoft.Extensions.Logging;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>One place and the publisher that reaches it.</summary>
internal sealed record Place(string Project, string Publication, string Connector, string Target, string Anchor)
{
    /// <summary>Fields and templates, for targets made of fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public static Place Of(string project, PublicationDefinition publication) =>
        new(project, publication.Name, publication.Connector, publication.Target, publication.Anchor) { Fields = publication.Fields };

    public PublicationRow Row(PublicationAction action) =>
        new() { Project = Project, Publication = Publication, Connector = Connector, Target = Target, Anchor = Anchor, Action = action };

    public PublicationRow Failed(Problem problem) => Row(PublicationAction.Failed) with { Error = SyncError.Of(problem) };
}

/// <summary>Brings one place to what should stand there: plan, then at most one write with its intent recorded before and its result after.</summary>
internal sealed class PublicationWriter(IPublicationLedger ledger, IFactStore facts, TimeProvider clock, ILogger log)
{
    /// <summary>Plans, and writes unless it is a dry run. Whatever fails is in the row; only cancellation is thrown.</summary>
    /// <param name="setup">What is configured.</param>
    /// <param name="place">Where.</param>
    /// <param name="report">What should stand there; null: nothing of ours.</param>
    /// <param name="dryRun">Whether only to show.</param>
    public async Task<PublicationRow> BringAsync(PmoSetup setup, Place place, StatusReport? report, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            return await PlanAndWriteAsync(setup, place, report, dryRun, cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            return PublicationFault.Row(log, place, failure);
        }
    }

    /// <summary>Takes back what still stands where the configuration has moved the publication away from; null where nothing does.</summary>
    public async Task<PublicationRow?> ClearOldAsync(PmoSetup setup, Place place, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            return await LeftBehindAsync(place, cancellationToken) is { } old ? await PlanAndWriteAsync(setup, old, null, dryRun, cancellationToken) : null;
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            return PublicationFault.Row(log, place, failure);
        }
    }

    private async Task<PublicationRow> PlanAndWriteAsync(PmoSetup setup, Place place, StatusReport? report, bool dryRun, CancellationToken cancellationToken)
    {
        if (Publisher(setup, place) is not { } publisher)
            return place.Failed(Unreachable(place));
        var plan = await PlanAsync(setup, publisher, place, report, cancellationToken);
        var row = place.Row(ActionOf(plan.Outcome, dryRun)) with
        {
            Quiet = plan.Quiet,
            Error = plan.Outcome is PlanOutcome.Conflict or PlanOutcome.Refused ? SyncError.Of(plan.Problem ?? Unexplained(place)) : null,
            Diff = plan.Write is null ? null : UnifiedDiff.Between(plan.Standing, plan.Desired),
        };
        if (plan.Write is not { } write || dryRun)
        {
            if (!dryRun && plan.Outcome == PlanOutcome.Unchanged)
                await SettleAsync(place, plan, report, cancellationToken);
            return row;
        }

        var failure = await WriteAsync(publisher, place, write, report, cancellationToken);
        if (failure is null && report is null)
            failure = await StillStandsAsync(setup, publisher, place, cancellationToken);
        return failure is null ? row : row with { Action = PublicationAction.Failed, Error = SyncError.Of(failure) };
    }

    /// <summary>Where the publication still stands although the configuration has moved it; null where it has not.</summary>
    private async Task<Place?> LeftBehindAsync(Place place, CancellationToken cancellationToken)
    {
        var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
        return record?.ToLastWrite() is null || IsOf(record, place)
            ? null
            : place with { Connector = record.Connector, Target = record.Target, Anchor = record.Anchor };
    }

    private static bool IsOf(PublicationRecord record, Place place) =>
        record.Connector == place.Connector && record.Anchor == place.Anchor && record.Target.Equals(place.Target, StringComparison.OrdinalIgnoreCase);

    private async Task<PublicationPlan> PlanAsync(PmoSetup setup, IPublisher publisher, Place place, StatusReport? report, CancellationToken cancellationToken)
    {
        var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
        var request = new PublicationRequest
        {
            Id = $"{place.Project}/{place.Publication}",
            Anchor = place.Anchor,
            Fields = place.Fields,
            Report = report,
            Last = record is not null && IsOf(record, place) ? record.ToLastWrite() : null,
            AllowNotifications = setup.Definition.Publishing.AllowNotifications,
        };
        return await publisher.PlanAsync(request, cancellationToken);
    }

    /// <summary>After the write has been sent nothing may keep its result out of the ledger, not even a request to stop.</summary>
    private async Task<Problem?> WriteAsync(IPublisher publisher, Place place, PlannedWrite write, StatusReport? report, CancellationToken cancellationToken)
    {
        var intent = Intent(place, write, report);
        await ledger.RecordIntentAsync(intent, cancellationToken);
        var result = await publisher.ApplyAsync(write, cancellationToken);
        await ledger.RecordResultAsync(intent, result, CancellationToken.None);
        if (result.Touched is { } touched)
            await facts.TouchItemAsync(place.Connector, touched, CancellationToken.None);
        return result.Problem ?? (result.IsUncertain ? Uncertain(place) : null);
    }

    /// <summary>
    /// Planning again tells what became of a write whose result was never learned: it stands, or, where nothing of ours should, nothing does.
    /// </summary>
    private async Task SettleAsync(Place place, PublicationPlan plan, StatusReport? report, CancellationToken cancellationToken)
    {
        var record = await ledger.GetAsync(place.Project, place.Publication, cancellationToken);
        if (report is not null && record is { State: PublicationState.Intended })
            await ledger.ConfirmAsync(place.Project, place.Publication, report.ContentHash, plan.RemoteId, plan.Written, cancellationToken);
        if (report is null && record?.ToLastWrite() is not null)
            await ledger.RecordResultAsync(Intent(place, new(PlanOutcome.Retract, place.Anchor, record.RemoteId, null, null, null), null), new WriteResult(), cancellationToken);
    }

    private PublicationIntent Intent(Place place, PlannedWrite write, StatusReport? report) => new()
    {
        Project = place.Project,
        Publication = place.Publication,
        Connector = place.Connector,
        Target = place.Target,
        Write = write,
        ContentHash = report?.ContentHash,
        At = clock.GetUtcNow(),
    };

    private async Task<Problem?> StillStandsAsync(PmoSetup setup, IPublisher publisher, Place place, CancellationToken cancellationToken)
    {
        var again = await PlanAsync(setup, publisher, place, null, cancellationToken);
        return again.Outcome == PlanOutcome.Unchanged
            ? null
            : again.Problem ?? new("still-standing", $"Something of ours still stands at {place.Anchor} after it was taken back.", "Run retract again.") { Scope = place.Anchor, Retryable = true };
    }

    private static IPublisher? Publisher(PmoSetup setup, Place place) =>
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

    private static Problem Unreachable(Place place) => new(
        "target-unknown",
        $"{place.Target} of {place.Connector} cannot be written: the connector is not configured or has no such target.",
        $"Configure the connector {place.Connector} and a target that it has.") { Scope = place.Anchor };

    private static Problem Unexplained(Place place) => new(
        "refused", $"{place.Target} at {place.Anchor} was not written.", "Look at what stands there.") { Scope = place.Anchor };

    private static Problem Uncertain(Place place) => new(
        "uncertain-write",
        $"It is not known whether the write to {place.Anchor} arrived.",
        "Nothing: the next run looks for what was written before it writes again.") { Scope = place.Anchor, Retryable = true };
}
