using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>A finished pipeline run, and what its tests said.</summary>
/// <param name="Id">The run.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Branch">The branch or reference that was built; null where not told.</param>
/// <param name="Result">How it ended.</param>
/// <param name="FinishedAt">When it ended, UTC.</param>
/// <param name="Tests">Totals of its tests; null where none are known.</param>
/// <param name="Coverage">Lines covered; null where not known.</param>
/// <param name="Url">Address.</param>
public sealed record RunQuality(
    SourceId Id, string Pipeline, string? Branch, DeploymentResult Result, DateTimeOffset FinishedAt, TestTotals? Tests, LineCoverage? Coverage, string? Url);
