using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Storage.Facts;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Reporting;

/// <summary>Answers what people look at from the store.</summary>
internal sealed class ReportingQueries(PmoStore store, IPmoSource pmo, IMeasurementStore measurements, IRunLog runs, IPublicationLedger ledger) : IReportingQueries
{
    public async Task<IReadOnlyList<PortfolioRow>> PortfolioAsync(CancellationToken cancellationToken)
    {
        var succeeded = (await runs.LastAsync(cancellationToken)).ToDictionary(r => r.Connector, r => r.SucceededAt, StringComparer.Ordinal);
        var rows = new List<PortfolioRow>();
        foreach (var project in pmo.Current.Definition.Projects.Values.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var results = await measurements.ReadAsync(project.Key, asOf: null, cancellationToken);
            var ends = project.Sources.Select(s => succeeded.GetValueOrDefault(s.Connector)).ToList();
            rows.Add(new PortfolioRow(project, results.Count == 0 ? null : results[0].AsOf, results, ends.Contains(null) ? null : ends.Min()));
        }

        return rows;
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<StoredResult>>> PortfolioFiguresAsync(CancellationToken cancellationToken)
    {
        var figures = new Dictionary<string, IReadOnlyList<StoredResult>>(StringComparer.Ordinal);
        foreach (var key in pmo.Current.Definition.Portfolios.Keys)
            figures[key] = await measurements.ReadAsync(PortfolioResults.NameOf(key), asOf: null, cancellationToken);
        return figures;
    }

    public async Task<IReadOnlyList<ConnectorFreshness>> FreshnessAsync(CancellationToken cancellationToken)
    {
        var last = (await runs.LastAsync(cancellationToken)).ToDictionary(r => r.Connector, StringComparer.Ordinal);
        return [.. pmo.Current.Connectors.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new ConnectorFreshness(c.Name, c.Type, last.GetValueOrDefault(c.Name)))];
    }

    public Task<IReadOnlyList<PublicationRecord>> PublicationsAsync(string? project, CancellationToken cancellationToken) => ledger.ListAsync(project, cancellationToken);

    public async Task<IReadOnlyList<QuarantineEntry>> QuarantineAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var rows = await context.Quarantine.OrderByDescending(q => q.LastSeen).ThenBy(q => q.Connector).ThenBy(q => q.Kind).ThenBy(q => q.RecordId)
            .Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(q => new QuarantineEntry(
            q.Connector, q.Stream, q.Kind, q.RecordId, q.Code, q.Message, q.Remedy, q.Body, Instants.FromRow(q.FirstSeen), Instants.FromRow(q.LastSeen)))];
    }
}
