using Microsoft.Extensions.Logging;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Pipeline.Measure;

/// <summary>What to measure.</summary>
/// <param name="Projects">Keys of projects; null or empty: all.</param>
/// <param name="AsOf">The instant, inclusive; null: now.</param>
public sealed record MeasureRequest(IReadOnlyCollection<string>? Projects = null, DateTimeOffset? AsOf = null);

/// <summary>What a pass measured.</summary>
/// <param name="AsOf">The instant, UTC.</param>
/// <param name="Projects">One entry per project, ordered by key.</param>
/// <param name="Problems">What concerns no project alone.</param>
public sealed record MeasureReport(DateTimeOffset AsOf, IReadOnlyList<MeasuredProject> Projects, IReadOnlyList<Problem> Problems)
{
    /// <summary>Figures of the portfolios, ordered by portfolio, metric, subject; only where all projects were measured.</summary>
    public IReadOnlyList<StoredResult> Portfolios { get; init; } = [];

    /// <summary>Everything that was measured, as it was stored: projects, then portfolios.</summary>
    public IEnumerable<StoredResult> Rows => Projects.SelectMany(p => p.Rows).Concat(Portfolios);

    /// <summary>Whether anything failed.</summary>
    public bool HasFailures => Problems.Count > 0 || Projects.Any(p => p.Problems.Count > 0);
}

/// <summary>One project's figures.</summary>
/// <param name="Project">The project.</param>
/// <param name="Results">Figures and reasons, ordered by instant, metric, then subject, then window; those without subject first.</param>
/// <param name="Problems">What could not be computed.</param>
public sealed record MeasuredProject(ProjectDefinition Project, IReadOnlyList<MetricResult> Results, IReadOnlyList<Problem> Problems)
{
    /// <summary>The results as they are stored.</summary>
    public IReadOnlyList<StoredResult> Rows { get; init; } = [];

    /// <summary>The project's own result of a metric, or null.</summary>
    public MetricResult? Result(string metric) => Results.FirstOrDefault(r => r.Metric.Name == metric && r.Subject is null);
}

/// <summary>Computes every metric of every project at one instant from what is stored, and stores the figures. Two projects at a time, so that memory is bounded by theirs and not by the portfolio.</summary>
public sealed partial class MeasurePass(IPmoSource pmo, IHistoryReader histories, IMeasurementStore store, TimeProvider clock, ILogger<MeasurePass> log)
{
    private const int ProjectsAtOnce = 2;

    /// <summary>One pass. What fails is in the report and stops nothing else; only cancellation is thrown.</summary>
    public async Task<MeasureReport> RunAsync(MeasureRequest request, IProgress<MeasuredProject>? progress, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var asOf = ToMilliseconds(request.AsOf ?? clock.GetUtcNow());
        var choice = ProjectChoice.Of(setup.Definition, request.Projects);
        var measured = await MeasuredAsync(setup, choice.Projects, asOf, progress, cancellationToken);
        var portfolios = new List<StoredResult>();
        if (request.Projects is null or { Count: 0 })
        {
            foreach (var portfolio in setup.Definition.Portfolios.Values.OrderBy(p => p.Key, StringComparer.Ordinal))
                portfolios.AddRange(await SavePortfolioAsync(setup, PortfolioSweep.Of(setup.Definition, portfolio, asOf, measured), cancellationToken));
        }

        return new(asOf, measured, choice.Problems) { Portfolios = portfolios };
    }

    /// <summary>Computes one project's figures without the objects behind them, which would keep its whole history in memory.</summary>
    public async Task<MeasuredProject> ComputeLightAsync(PmoSetup setup, ProjectDefinition project, IReadOnlyList<DateTimeOffset> instants, CancellationToken cancellationToken) =>
        Light(await ComputeAsync(setup, project, instants, cancellationToken));

    /// <summary>Two projects at a time: while one waits for the store the other computes, and no more than two histories are in memory.</summary>
    private async Task<MeasuredProject[]> MeasuredAsync(PmoSetup setup, IReadOnlyList<ProjectDefinition> projects, DateTimeOffset asOf, IProgress<MeasuredProject>? progress, CancellationToken cancellationToken)
    {
        var measured = new MeasuredProject[projects.Count];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ProjectsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, projects.Count, atOnce, async (index, cancelled) =>
        {
            measured[index] = Light(await SavedAsync(setup, projects[index], asOf, cancelled));
            lock (measured)
                progress?.Report(measured[index]);
        });
        return measured;
    }

    private async Task<MeasuredProject> SavedAsync(PmoSetup setup, ProjectDefinition project, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var figures = await ComputeAsync(setup, project, [asOf], cancellationToken);
        await store.SaveAsync(project.Key, figures.Results, cancellationToken);
        return figures;
    }

    private static MeasuredProject Light(MeasuredProject figures) => figures with
    {
        Rows = [.. figures.Results.Select(r => StoredResult.Of(figures.Project.Key, r))],
        Results = [.. figures.Results.Select(r => r with { Evidence = [] })],
    };

    /// <summary>Computes the figures of a portfolio as of an instant without storing them, from those of its projects.</summary>
    public async Task<IReadOnlyList<MetricResult>> ComputeAsync(PmoSetup setup, PortfolioDefinition portfolio, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var projects = new List<MeasuredProject>();
        foreach (var project in portfolio.Projects.Select(key => setup.Definition.Projects.GetValueOrDefault(key)).OfType<ProjectDefinition>())
            projects.Add(await ComputeLightAsync(setup, project, [asOf], cancellationToken));
        return PortfolioSweep.Measure(setup, PortfolioSweep.Of(setup.Definition, portfolio, ToMilliseconds(asOf), projects));
    }

    private async Task<IReadOnlyList<StoredResult>> SavePortfolioAsync(PmoSetup setup, PortfolioResults portfolio, CancellationToken cancellationToken)
    {
        var name = PortfolioResults.NameOf(portfolio.Portfolio.Key);
        var results = PortfolioSweep.Measure(setup, portfolio);
        await store.SaveAsync(name, results, cancellationToken);
        return [.. results.Select(r => StoredResult.Of(name, r))];
    }

    /// <summary>Computes one project's figures as of instants without storing them: one sweep over its history, whatever the number of instants.</summary>
    public async Task<MeasuredProject> ComputeAsync(PmoSetup setup, ProjectDefinition project, IReadOnlyList<DateTimeOffset> instants, CancellationToken cancellationToken) =>
        Compute(setup, await histories.ReadAsync(project, cancellationToken), instants);

    /// <summary>The same of a history that has been read already, without the objects behind the figures.</summary>
    public MeasuredProject ComputeLight(PmoSetup setup, ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) => Light(Compute(setup, history, instants));

    private MeasuredProject Compute(PmoSetup setup, ProjectHistory history, IReadOnlyList<DateTimeOffset> instants)
    {
        var project = history.Project;
        var problems = new List<Problem>();
        var sweep = new ProjectSweep(setup.Metrics, history)
        {
            Remark = Concerns.Of(history),
            Failed = (metric, failure) =>
            {
                LogMetricFailed(failure, metric.Name, project.Key);
                problems.Add(new("metric-failed", $"The metric {metric.Name} could not be computed for {project.Key}.", "The log has the details; please report them. All other figures are unaffected.") { Scope = project.Key });
            },
        };
        return new(project, sweep.Results([.. instants.Select(ToMilliseconds)]), problems);
    }

    /// <summary>What is stored has milliseconds; a figure must be found again under the instant it was computed for.</summary>
    internal static DateTimeOffset ToMilliseconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    [LoggerMessage(Level = LogLevel.Error, Message = "The metric {Metric} failed for project {Project}")]
    private partial void LogMetricFailed(Exception failure, string metric, string project);
}
