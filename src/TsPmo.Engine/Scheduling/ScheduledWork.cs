using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Scheduling;

/// <summary>Does scheduled work with the engine's passes. Quiet hours bind the publishing done here, not what somebody types.</summary>
public sealed class ScheduledWork(IPmoSource pmo, ISyncPass sync, MeasurePass measure, PublishPass publish, TimeProvider clock) : IScheduledWork
{
    /// <summary>A reconciliation comes once a night, often at the same second as a sync: it waits for that rather than losing its night.</summary>
    private static readonly TimeSpan ReconcilePatience = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public Task<WorkOutcome> RunAsync(WorkKind kind, string? connector, CancellationToken cancellationToken) => kind switch
    {
        WorkKind.Sync => SyncAsync(connector, new SyncRequest(), cancellationToken),
        WorkKind.Reconcile => SyncAsync(connector, new SyncRequest(Depth: ReadDepth.Reconcile) { Patience = ReconcilePatience }, cancellationToken),
        WorkKind.Measure => MeasureAsync(cancellationToken),
        _ => PublishAsync(cancellationToken),
    };

    private async Task<WorkOutcome> SyncAsync(string? connector, SyncRequest request, CancellationToken cancellationToken)
    {
        var report = await sync.RunAsync(request with { Connectors = string.IsNullOrEmpty(connector) ? null : [connector] }, null, cancellationToken);
        var errors = report.Connectors.SelectMany(c => c.Errors).ToList();
        var figures = $"{report.Connectors.Sum(c => c.ItemsRead)} items read, {report.Connectors.Sum(c => c.ItemsChanged)} changed";
        return errors.Count == 0
            ? new(WorkResult.Done, figures + ".")
            : new(WorkResult.Failed, $"{figures}. {errors[0].Message} {errors[0].Remedy}");
    }

    private async Task<WorkOutcome> MeasureAsync(CancellationToken cancellationToken)
    {
        var report = await measure.RunAsync(new MeasureRequest(), null, cancellationToken);
        return new(report.HasFailures ? WorkResult.Failed : WorkResult.Done, $"{report.Projects.Count} projects measured.");
    }

    private async Task<WorkOutcome> PublishAsync(CancellationToken cancellationToken)
    {
        if (IsQuiet())
            return new(WorkResult.LeftOut, "Quiet hours (TsPmo:Publishing:QuietHours).");
        var report = await publish.RunAsync(new PublishRequest { Actor = PublishRequest.Schedule }, null, cancellationToken);
        var written = report.Publications.Count(p => p.Action is PublicationAction.Created or PublicationAction.Updated or PublicationAction.Retracted);
        var result = report.Outcome == SyncOutcome.Succeeded ? WorkResult.Done : WorkResult.Failed;
        return new(result, $"{written} of {report.Publications.Count} publications written.");
    }

    /// <summary>Whether now lies in the quiet hours, the end exclusive; they may pass midnight.</summary>
    private bool IsQuiet()
    {
        var definition = pmo.Current.Definition;
        if (definition.Publishing.QuietHours is not var (from, to))
            return false;
        var now = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), definition.Calendar.Zone).DateTime);
        return now.IsBetween(from, to);
    }
}
