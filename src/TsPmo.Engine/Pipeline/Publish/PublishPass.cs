using Microsoft.Extensions.Logging;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Writes each project's and portfolio's status to the places its configuration names, and nothing where nothing material changed.</summary>
public sealed class PublishPass(
    IPmoSource pmo, ReportSubjects subjects, IPublicationLedger ledger, IFactStore facts, ILeases leases, TimeProvider clock, ILogger<PublishPass> log)
{
    private readonly PublicationWriter _writer = new(ledger, facts, clock, log);

    /// <summary>One pass. What fails is in its row and stops nothing else; only cancellation is thrown.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, IProgress<PublicationRow>? progress, CancellationToken cancellationToken)
    {
        var run = new PublishRun(pmo.Current, request, Measure.MeasurePass.ToMilliseconds(clock.GetUtcNow()));
        var choice = PublicationChoice.Of(run.Setup.Definition, request.Projects);
        var gathered = await subjects.AtAsync(run.Setup, run.Now, cancellationToken);
        var rows = new List<PublicationRow>();
        foreach (var owner in choice.Owners.Where(o => o.Publications.Count > 0))
            await OwnerAsync(run, owner, stop => owner.GatherAsync(gathered, stop), Tell, cancellationToken);
        return PublishReport.Of(rows, choice.Problems);

        void Tell(PublicationRow row)
        {
            progress?.Report(row);
            rows.Add(row);
        }
    }

    /// <summary>A fault before or after the owner's publications is a fault of those that have no row yet.</summary>
    private async Task OwnerAsync(
        PublishRun run, PublicationOwner owner, Func<CancellationToken, Task<ReportSubject>> gather, Action<PublicationRow> tell, CancellationToken cancellationToken)
    {
        var waiting = new Queue<PublicationDefinition>(owner.Publications.OrderBy(p => p.Name, StringComparer.Ordinal));
        try
        {
            await PublicationsAsync(run, owner.Key, await gather(cancellationToken), waiting, tell, cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            foreach (var publication in waiting)
                tell(PublicationFault.Row(log, PublicationRows.Place(owner.Key, publication), failure));
        }
    }

    private async Task PublicationsAsync(
        PublishRun run, string owner, ReportSubject subject, Queue<PublicationDefinition> waiting, Action<PublicationRow> tell, CancellationToken cancellationToken)
    {
        var composer = new StatusReportComposer(run.Setup.Definition);
        await using var lease = await leases.TryTakeAsync(PublishLease.Of(owner), cancellationToken);
        while (waiting.TryPeek(out var publication))
        {
            var place = PublicationRows.Place(owner, publication);
            var takenBack = lease is null ? place.Failed(PublishLease.Taken(owner)) : await _writer.ClearOldAsync(run, place, cancellationToken);
            if (takenBack is not null)
                tell(takenBack);
            // The ledger knows one place per publication: it must not forget the old one before it is clean.
            if (takenBack?.Error is null)
                tell(await _writer.BringAsync(run, place, last => composer.Compose(publication, subject, last), cancellationToken));
            waiting.Dequeue();
        }
    }
}
