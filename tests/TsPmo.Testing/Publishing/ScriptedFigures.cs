using TsPmo.Model.Contracts;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Testing.Publishing;

/// <summary>What a project's figures are today.</summary>
/// <param name="Variance">SV(t) in working days.</param>
/// <param name="Finish">Day by which all is done with 85 %.</param>
/// <param name="Light">The overall traffic light.</param>
/// <param name="Deployments">Per week; noise.</param>
public sealed record DayOfProject(decimal Variance, DateOnly Finish, Band Light, decimal Deployments);

/// <summary>Figures that a script tells instead of history.</summary>
public sealed class ScriptedFigures : IMetric
{
    private static readonly MetricDefinition Variance = new("schedule.svt", "schedule variance (time)", "working days")
    {
        Form = new(1) { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" },
    };

    private static readonly MetricDefinition Finish = new("schedule.finish.p85", "finish with 85 %", "date");
    private static readonly MetricDefinition Light = TrafficLight.Define("rag.overall", "overall traffic light");
    private static readonly MetricDefinition Deployments = new("delivery.deploymentFrequency.perWeek", "deployments", "per week");

    /// <summary>Today's figures by project.</summary>
    public Dictionary<string, DayOfProject> Today { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<MetricDefinition> Definitions => [Variance, Finish, Light, Deployments];

    public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
    {
        var day = Today[history.Project.Key];
        foreach (var asOf in instants)
        {
            yield return new Figure(Variance, "script").Known(asOf, day.Variance, 1);
            yield return new Figure(Finish, "script").Known(asOf, day.Finish, 1);
            yield return TrafficLight.Result(new(Light, "script"), asOf, day.Light, $"the script says {TrafficLight.Word(day.Light)}", 1);
            yield return new Figure(Deployments, "script").Known(asOf, day.Deployments, 1);
        }
    }
}
