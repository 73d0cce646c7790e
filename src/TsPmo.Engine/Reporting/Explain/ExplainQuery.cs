using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.Guides;
using TsPmo.Model;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Reporting.Explain;

/// <summary>Tells how one figure came about, computed anew from what is stored.</summary>
public sealed class ExplainQuery(IPmoSource pmo, IHistoryReader histories, MeasurePass measure, MetricGuide guide, TimeProvider clock)
{
    /// <summary>The explanation of a figure as of an instant. An unknown project, metric or subject is an answer, not a failure.</summary>
    public async Task<ExplainAnswer> ExplainAsync(ExplainRequest request, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        if (Portfolio(setup, request.Project) is { } portfolio)
            return await ExplainAsync(setup, portfolio, request, cancellationToken);
        var choice = ProjectChoice.Of(setup.Definition, [request.Project]);
        if (choice.Problems is [var unknown, ..])
            return new() { Problem = unknown };
        if (setup.Metrics.Definitions.FirstOrDefault(d => d.Name.Equals(request.Metric, StringComparison.OrdinalIgnoreCase)) is not { } metric)
            return new() { Problem = UnknownMetric(request.Metric, setup.Metrics.Definitions) };
        if (IsHidden(request, metric, request.Subject))
            return new() { Problem = PersonsHidden.Of(request.Metric) };
        var project = choice.Projects[0];
        var history = await histories.ReadAsync(project, cancellationToken);
        var sweep = new ProjectSweep(setup.Metrics.Only(metric.Name), history) { Remark = Concerns.Of(history) };
        var results = sweep.Results(request.AsOf ?? clock.GetUtcNow()).Where(r => r.Metric.Name == metric.Name);
        return Found(project.Key, request, results);
    }

    private static bool IsHidden(ExplainRequest request, MetricDefinition metric, string? subject) => request.HidesPersons && metric.IsPersonal && subject is not null;

    private static PortfolioDefinition? Portfolio(PmoSetup setup, string name) =>
        setup.Definition.Portfolios.Values.FirstOrDefault(p => PortfolioResults.NameOf(p.Key).Equals(name, StringComparison.OrdinalIgnoreCase));

    private async Task<ExplainAnswer> ExplainAsync(PmoSetup setup, PortfolioDefinition portfolio, ExplainRequest request, CancellationToken cancellationToken)
    {
        MetricDefinition[] known = [.. setup.PortfolioMetrics.SelectMany(m => m.Definitions).OrderBy(d => d.Name, StringComparer.Ordinal)];
        if (known.FirstOrDefault(d => d.Name.Equals(request.Metric, StringComparison.OrdinalIgnoreCase)) is not { } metric)
            return new() { Problem = UnknownMetric(request.Metric, known) };
        if (IsHidden(request, metric, request.Subject))
            return new() { Problem = PersonsHidden.Of(request.Metric) };
        var results = await measure.ComputeAsync(setup, portfolio, request.AsOf ?? clock.GetUtcNow(), cancellationToken);
        return Found(PortfolioResults.NameOf(portfolio.Key), request, results.Where(r => r.Metric.Name == metric.Name));
    }

    private ExplainAnswer Found(string project, ExplainRequest request, IEnumerable<MetricResult> results)
    {
        MetricResult[] shown = [.. results.Where(r => !IsHidden(request, r.Metric, r.Subject))];
        return shown.FirstOrDefault(r => r.Subject == request.Subject) is { } result
            ? new() { Explanation = Explanation.Of(project, result) with { Definition = guide.Of(result.Metric.Name)?.Section("Definition") } }
            : new() { Problem = UnknownSubject(request.Subject, shown) };
    }

    private static Problem UnknownMetric(string name, IEnumerable<MetricDefinition> metrics) => new(
        "metric-unknown",
        $"No metric is called '{name}'.",
        $"Use one of: {string.Join(", ", metrics.Select(d => d.Name))}.") { Scope = name };

    private static Problem UnknownSubject(string? subject, MetricResult[] results) => new(
        "subject-unknown",
        $"This metric has no figure about '{subject}' as of that instant.",
        results.Any(r => r.Subject is not null)
            ? $"Leave the subject out, or use one of: {string.Join(", ", results.Select(r => r.Subject).OfType<string>())}."
            : "Leave the subject out.") { Scope = subject };
}
