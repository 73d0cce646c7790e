using System.Runtime.CompilerServices;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>The latest figures of each project, or those of an instant, which are computed where they are not stored.</summary>
internal sealed class MetricsExport(IMeasurementStore measurements, MeasurePass measure) : ExportKind(
    "metrics",
    "project", "metric", "subject", "asOf", "window", "value", "text", "unit", "band", "method", "reason", "n", "evidenceCount", "quality", "confidence", "baseline")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var project in (scope.Projects ?? scope.Pmo.Projects.Values).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            var results = await ResultsAsync(scope, project, cancellationToken);
            foreach (var result in results.OrderBy(r => r.Metric, StringComparer.Ordinal).ThenBy(r => r.Subject ?? "", StringComparer.Ordinal))
                yield return Row(result);
        }
    }

    private async Task<IReadOnlyList<StoredResult>> ResultsAsync(ExportScope scope, ProjectDefinition project, CancellationToken cancellationToken)
    {
        var stored = await measurements.ReadAsync(project.Key, scope.IsPast ? scope.Now : null, cancellationToken);
        if (stored.Count > 0 || !scope.IsPast)
            return stored;
        var computed = await measure.ComputeAsync(scope.Setup, project, [scope.Now], cancellationToken);
        return [.. computed.Results.Select(r => StoredResult.Of(project.Key, r))];
    }

    private static object?[] Row(StoredResult result) =>
    [
        result.Project, result.Metric, result.Subject, result.AsOf, result.Window?.ToString(), result.Date is { } date ? date : result.Number, result.Text, result.Unit,
        result.Band is { } band ? Spelled(band) : null, result.Method, result.Reason?.ToString(), result.N, result.EvidenceCount, result.Quality, result.Confidence, result.Baseline,
    ];
}
