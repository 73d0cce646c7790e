using System.Globalization;
using TsPmo.Engine.Storage.Rows;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History.Deployments;

/// <summary>
/// The runs of each pipeline in their order, and which of them have come to production. A run carries what earlier runs of its pipeline on the same branch brought,
/// whether or not those were deployed themselves.
/// </summary>
internal sealed class RunSequence
{
    private readonly Dictionary<SourceId, PipelineRunRow> _runs;
    private readonly Dictionary<(string, string, string, string?), List<PipelineRunRow>> _waiting;

    public RunSequence(IReadOnlyList<PipelineRunRow> runs)
    {
        _runs = runs.ToDictionary(r => new SourceId(r.Connector, r.Id));
        _waiting = runs.GroupBy(Line).ToDictionary(g => g.Key, g => g.OrderBy(Number).ThenBy(r => r.Id, StringComparer.Ordinal).ToList());
    }

    /// <summary>The runs that come to production with one run and were not there before; they are taken when it got there.</summary>
    public IReadOnlyList<SourceId> With(SourceId run, bool reached)
    {
        if (!_runs.TryGetValue(run, out var deployed))
            return [run];
        var waiting = _waiting[Line(deployed)];
        var carried = waiting.TakeWhile(r => Number(r) <= Number(deployed)).ToList();
        if (reached)
            waiting.RemoveRange(0, carried.Count);
        return [.. carried.Select(r => new SourceId(r.Connector, r.Id))];
    }

    private static (string, string, string, string?) Line(PipelineRunRow run) => (run.Connector, run.Project, run.Pipeline, run.Branch);

    private static long Number(PipelineRunRow run) => long.TryParse(run.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : run.StartedAt ?? 0;
}
