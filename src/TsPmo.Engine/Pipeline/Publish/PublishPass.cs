using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Writes each project's status to the places its configuration names, and nothing where nothing changed.</summary>
public sealed class PublishPass(IPmoSource pmo, MeasurePass measure, IRunLog runs, IPublicationLedger ledger, IFactStore facts, ILeases leases, TimeProvider clock)
{
    private readonly PublicationWriter _writer = new(ledger, facts, clock);

    /// <summary>One pass. What fails is in its row and stops nothing else; only cancellation is thrown.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, IProgress<PublicationRow>? progress, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var choice = ProjectChoice.Of(setup.Definition, request.Projects);
        var passes = await runs.LastAsync(cancellationToken);
        var rows = new List<PublicationRow>();
        foreach (var project in choice.Projects.Where(p => p.Publications.Count > 0))
        {
            await foreach (var row in ProjectAsync(setup, project, passes, request.DryRun, cancellationToken))
            {
                progress?.Report(row);
                rows.Add(row);
            }
        }

        return PublishReport.Of(rows, choice.Problems);
    }

    private async IAsyncEnumerable<PublicationRow> ProjectAsync(
        PmoSetup setup, ProjectDefinition project, IReadOnlyList<ConnectorSync> passes, bool dryRun,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var measured = await measure.ComputeAsync(setup, project, now, cancellationToken);
        var freshness = DataFreshness.Of(project, passes, setup.Definition.Publishing.MaxStaleness, now);
        var composer = new StatusReportComposer(setup.Definition);
        await using var lease = await leases.TryTakeAsync(PublishLease.Of(project.Key), cancellationToken);
        foreach (var publication in project.Publications.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var place = new Place(project.Key, publication.Name, publication.Connector, publication.Target, publication.Anchor) { Fields = publication.Fields };
            if (lease is null)
            {
                yield return place.Failed(PublishLease.Taken(project.Key));
                continue;
            }

            if (await _writer.LeftBehindAsync(place, cancellationToken) is { } old)
            {
                var takenBack = await _writer.BringAsync(setup, old, null, dryRun, cancellationToken);
                yield return takenBack;
                // The ledger knows one place per publication: it must not forget the old one before it is clean.
                if (takenBack.Error is not null)
                    continue;
            }

            var report = composer.Compose(project, publication, measured.Results, freshness, now);
            yield return await _writer.BringAsync(setup, place, report, dryRun, cancellationToken);
        }
    }
}
