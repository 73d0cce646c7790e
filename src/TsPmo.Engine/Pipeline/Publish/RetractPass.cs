using Microsoft.Extensions.Logging;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>Takes back everything that was ever published and leaves all else as it was; also from places that are no longer configured.</summary>
public sealed class RetractPass(IPmoSource pmo, IPublicationLedger ledger, IFactStore facts, ILeases leases, TimeProvider clock, ILogger<RetractPass> log)
{
    private readonly PublicationWriter _writer = new(ledger, facts, clock, log);

    /// <summary>One pass. What fails is in its row and stops nothing else; only cancellation is thrown.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, IProgress<PublicationRow>? progress, CancellationToken cancellationToken)
    {
        var run = new PublishRun(pmo.Current, request, clock.GetUtcNow());
        var places = await PlacesAsync(run.Setup, request.Projects, cancellationToken);
        var unknown = PublicationChoice.Of(run.Setup.Definition, request.Projects).Problems
            .Where(p => !places.Any(place => place.Project.Equals(p.Scope, StringComparison.OrdinalIgnoreCase)));
        var rows = new List<PublicationRow>();
        foreach (var place in places)
        {
            var row = await TakeBackAsync(run, place, cancellationToken);
            progress?.Report(row);
            rows.Add(row);
        }

        return PublishReport.Of(rows, [.. unknown]);
    }

    private async Task<PublicationRow> TakeBackAsync(PublishRun run, PublicationPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = await leases.TryTakeAsync(PublishLease.Of(place.Project), cancellationToken);
            return lease is null
                ? place.Failed(PublishLease.Taken(place.Project))
                : await _writer.BringAsync(run, place, compose: null, cancellationToken);
        }
        catch (Exception failure) when (PublicationFault.Is(failure, cancellationToken))
        {
            return PublicationFault.Row(log, place, failure);
        }
    }

    /// <summary>What the ledger knows of, and what is configured: a lost store must not leave our text standing.</summary>
    private async Task<IReadOnlyList<PublicationPlace>> PlacesAsync(PmoSetup setup, IReadOnlyCollection<string>? projects, CancellationToken cancellationToken)
    {
        var configured = PublicationChoice.Of(setup.Definition, null).Owners
            .SelectMany(o => o.Publications.Select(p => PublicationRows.Place(o.Key, p)))
            .ToDictionary(p => (p.Project, p.Publication));
        foreach (var record in await ledger.ListAsync(null, cancellationToken))
        {
            var key = (record.Project, record.Publication);
            if (record.ToLastWrite() is null)
                continue;
            // What was written stands where it was written, wherever the configuration has moved the publication since.
            configured[key] = record.Place;
        }

        return
        [
            .. configured.Values
                .Where(p => projects is null or { Count: 0 } || projects.Contains(p.Project, StringComparer.OrdinalIgnoreCase))
                .OrderBy(p => p.Project, StringComparer.Ordinal).ThenBy(p => p.Publication, StringComparer.Ordinal),
        ];
    }
}
