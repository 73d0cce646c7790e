using Microsoft.Extensions.Logging;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Writes each project's status to the places its configuration names, and nothing where nothing changed.</summary>
public sealed class PublishPass(
    IPmoSource pmo, MeasurePass measure, IRunLog runs, IPublicationLedger ledger, IFactStore facts, ILeases leases, TimeProvider clock, ILogger<PublishPass> log)
{
    private readonly PublicationWriter _writer = new(ledger, facts, clock, log);

    /// <summary>One pass. What fails is in its row and stops nothing else; only cancellation is thrown.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, IProgress<PublicationRow>? progress, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var choice = ProjectChoice.Of(setup.Definition, request.Projects);
        var passes = await runs.LastAsync(cancellationToken);
        var rows = new List<PublicationRow>();
        foreach (var project in choice.Projects.Where(p => p.Publications.Count > 0))
            await ProjectAsync(setup, project, passes, request.DryRun, Tell, cancellationToken);
        return PublishReport.Of(rows, choice.Problems);

        void Tell(PublicationRow row)
        {
            progress?.Report(row);
            rows.Add(row);
        }
    }

    /// <summary>A fault before or after the project's publications is a fault of those that have no row yet.</summary>
    private async Task ProjectAsync(
        PmoSetup setup, ProjectDefinition project, IReadOnlyList<ConnectorSync> passes, bool dryRun, Action<PublicationRow> tell, CancellationToken cancellationToken)
    {
        var waiting = new Queue<PublicationDefinition>(project.Publications.OrderBy(p => p.Name, StringComparer.Ordinal));
        try
        {
            await PublicationsAsync(setup, project, waiting, passes, dryRun, tell, cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            foreach (var publication in waiting)
                tell(PublicationFault.Row(log, Place.Of(project.Key, publication), failure));
        }
    }

    private async Task PublicationsAsync(
        PmoSetup setup, ProjectDefinition project, Queue<PublicationDefinition> waiting, IReadOnlyList<ConnectorSync> passes, bool dryRun, Action<PublicationRow> tell,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var measured = await measure.ComputeAsync(setup, project, [now], cancellationToken);
        var freshness = DataFreshness.Of(project, passes, setup.Definition.Publishing.MaxStaleness, now);
        var composer = new StatusReportComposer(setup.Definition);
        await using var lease = await leases.TryTakeAsync(PublishLease.Of(project.Key), cancellationToken);
        while (waiting.TryPeek(out var publication))
        {
            var place = Place.Of(project.Key, publication);
            var takenBack = lease is null ? place.Failed(PublishLease.Taken(project.Key)) : await _writer.ClearOldAsync(setup, place, dryRun, cancellationToken);
            if (takenBack is not null)
                tell(takenBack);
            // The ledger knows one place per publication: it must not forget the old one before it is clean.
            if (takenBack?.Error is null)
            {
                var report = composer.Compose(project, publication, measured.Results, freshness, now);
                tell(await _writer.BringAsync(setup, place, report, dryRun, cancellationToken));
            }

            waiting.Dequeue();
        }
    }
}
