using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Model;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Reporting.Explain;

/// <summary>Tells how one figure came about, computed anew from what is stored.</summary>
public sealed class ExplainQuery(IPmoSource pmo, IHistoryReader histories, TimeProvider clock)
{
    /// <summary>The explanation of a figure as of an instant. An unknown project, metric or subject is an answer, not a failure.</summary>
    public async Task<ExplainAnswer> ExplainAsync(ExplainRequest request, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var choice = ProjectChoice.Of(setup.Definition, [request.Project]);
        if (choice.Problems is [var unknown, ..])
            return new() { Problem = unknown };
        if (setup.Metrics.Definitions.FirstOrDefault(d => d.Name.Equals(request.Metric, StringComparison.OrdinalIgnoreCase)) is not { } metric)
            return new() { Problem = UnknownMetric(request.Metric, setup.Metrics) };
        var project = choice.Projects[0];
        var history = await histories.ReadAsync(project, cancellationToken);
        var sweep = new ProjectSweep(setup.Metrics.Only(metric.Name), history) { Remark = new Visibility(history).Remarked };
        var results = sweep.Results(request.AsOf ?? clock.GetUtcNow()).Where(r => r.Metric.Name == metric.Name).ToArray();
        return results.FirstOrDefault(r => r.Subject == request.Subject) is { } result
            ? new() { Explanation = Explanation.Of(project.Key, result) }
            : new() { Problem = UnknownSubject(request.Subject, results) };
    }

    private static Problem UnknownMetric(string name, MetricSet metrics) => new(
        "metric-unknown",
        $"No metric is called '{name}'.",
        $"Use one of: {string.Join(", ", metrics.Definitions.Select(d => d.Name))}.") { Scope = name };

    private static Problem UnknownSubject(string? subject, MetricResult[] results) => new(
        "subject-unknown",
        $"This metric has no figure about '{subject}' as of that instant.",
        results.Any(r => r.Subject is not null)
            ? $"Leave the subject out, or use one of: {string.Join(", ", results.Select(r => r.Subject).OfType<string>())}."
            : "Leave the subject out.") { Scope = subject };
}
