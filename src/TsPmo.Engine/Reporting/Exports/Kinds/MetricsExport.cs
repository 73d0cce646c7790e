using System.Runtime.CompilerServices;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Storage;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>The latest figures of each project and portfolio, or those of an instant, which are computed where they are not stored.</summary>
internal sealed class MetricsExport(IMeasurementStore measurements, MeasurePass measure) : ExportKind(
    "metrics",
    "project", "metric", "subject", "asOf", "window", "value", "text", "unit", "band", "method", "reason", "n", "evidenceCount", "quality", "confidence", "baseline")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var personal = scope.HidesPersons ? scope.Setup.PersonalMetrics : new HashSet<string>();
        foreach (var (name, compute) in Subjects(scope).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var stored = await measurements.ReadAsync(name, scope.IsPast ? scope.Now : null, cancellationToken);
            var results = stored.Count > 0 || !scope.IsPast ? stored : [.. (await compute(cancellationToken)).Select(r => StoredResult.Of(name, r))];
            foreach (var result in results.Where(r => r.Subject is null || !personal.Contains(r.Metric)).OrderBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Subject ?? "", StringComparer.Ordinal).ThenBy(r => r.Window?.First))
                yield return Row(result);
        }
    }

    /// <summary>The projects, and the portfolios where no project was chosen; each with how its figures are computed.</summary>
    private IEnumerable<(string Name, Func<CancellationToken, Task<IReadOnlyList<MetricResult>>> Compute)> Subjects(ExportScope scope)
    {
        foreach (var project in scope.Projects ?? scope.Pmo.Projects.Values)
            yield return (project.Key, async stop => (await measure.ComputeAsync(scope.Setup, project, [scope.Now], stop)).Results);
        foreach (var portfolio in scope.Projects is null ? scope.Pmo.Portfolios.Values : [])
            yield return (PortfolioResults.NameOf(portfolio.Key), stop => measure.ComputeAsync(scope.Setup, portfolio, scope.Now, stop));
    }

    private static object?[] Row(StoredResult result) =>
    [
        result.Project, result.Metric, result.Subject, result.AsOf, result.Window?.ToString(), result.Date is { } date ? date : result.Number, result.Text, result.Unit,
        result.Band is { } band ? Spelled(band) : null, result.Method, result.Reason?.ToString(), result.N, result.EvidenceCount, result.Quality, result.Confidence, result.Baseline,
    ];
}
