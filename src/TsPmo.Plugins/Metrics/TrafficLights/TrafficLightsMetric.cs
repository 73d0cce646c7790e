using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.TrafficLights;

/// <summary>The traffic lights of a project: six dimensions and the whole.</summary>
public sealed class TrafficLightsMetric : IDerivedMetric
{
    private static readonly Dimension[] Dimensions =
    [
        new("schedule", [new("schedule.spit", "SPI(t)"), new("schedule.milestoneSlip", "slip of milestones", IsEach: true), new("schedule.finishProbability", "probability of finishing in time")]),
        new("cost", [new("cost.cpi", "CPI"), new("cost.vac", "VAC"), new("cost.tcpi.bac", "TCPI to the budget")]),
        new("scope", [new("schedule.scopeGrowth", "growth of scope"), new("sprint.scopeChange", "change of scope in sprints")]),
        new("quality",
        [
            new("quality.defectRatio", "defect ratio"), new("quality.escapeRate", "escape rate"), new("quality.reopenRate", "reopen rate"),
            new("quality.buildPass", "builds that pass"), new("quality.testPass", "tests that pass"), new("quality.coverage", "coverage"),
        ]),
        new("risk", [new("risk.exposure", "exposure to risk")]),
        new("resources", [new("resource.allocation", "allocation of people", IsEach: true)]),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [.. Dimensions.Select(d => d.Definition), OverallLight.Definition];

    /// <inheritdoc/>
    public IReadOnlyList<string> Reads => [.. Dimensions.SelectMany(d => d.Sources).Select(s => s.Metric)];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Derive(ProjectHistory history, IReadOnlyList<Evaluation> evaluations) => evaluations.SelectMany(evaluation =>
    {
        MetricResult[] lights = [.. Dimensions.Select(d => d.At(evaluation))];
        return lights.Append(OverallLight.Of(Dimensions, lights, evaluation.AsOf));
    });
}
