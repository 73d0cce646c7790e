using System.Globalization;
using TsPmo.Model.Delivery;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Quality;

/// <summary>Pipeline runs as evidence.</summary>
public static class RunEvidence
{
    /// <summary>Runs in the order of their ids, each with what it contributed.</summary>
    public static IReadOnlyList<Evidence> Of(IEnumerable<RunQuality> runs, Func<RunQuality, string> note) => new DeferredList<Evidence>(() => [.. runs.OrderBy(r => r.Id).Select(r =>
        new Evidence(r.Id, string.Create(CultureInfo.InvariantCulture, $"{r.Pipeline}, finished {r.FinishedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z: {note(r)}"), r.Url))]);
}
