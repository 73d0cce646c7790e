using System.Globalization;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.Advice;
using TsPmo.Engine.Reporting.Risks;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;
using TsPmo.Model.Portfolios;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Gathers what reports say of projects and portfolios. What no template names is not looked for.</summary>
public sealed class ReportSubjects(MeasurePass measure, IRunLog runs, RiskQuery risks, AdviceQuery advice)
{
    private const int MostRisks = 3;

    /// <summary>Begins to gather as of an instant.</summary>
    public async Task<ReportSubjectsAt> AtAsync(PmoSetup setup, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(this, setup, now, await runs.LastAsync(cancellationToken));

    internal async Task<ReportSubject> ProjectAsync(ReportSubjectsAt at, ProjectDefinition project, bool wantsRisks, CancellationToken cancellationToken)
    {
        var measured = await measure.ComputeLightAsync(at.Setup, project, [at.Now], cancellationToken);
        var register = wantsRisks ? await risks.OfAsync(project, at.Now, cancellationToken) : [];
        return new()
        {
            Key = project.Key,
            Name = project.Name,
            Project = project,
            Results = measured.Results,
            AsOf = at.Now,
            Freshness = DataFreshness.Of(project, at.Passes, at.Setup.Definition.Publishing.MaxStaleness, at.Now),
            Risks = [.. register.Where(r => r.IsOpen).Take(MostRisks).Select(Told)],
            Decisions = [.. register.Count(r => r.Status == RiskStatus.Proposed) is > 0 and var proposed ? new[] { string.Create(CultureInfo.InvariantCulture, $"{proposed} proposed risks are to be accepted or dismissed") } : []],
            Link = Address(at.Setup.Definition, project.Key),
        };
    }

    internal async Task<ReportSubject> PortfolioAsync(ReportSubjectsAt at, PortfolioDefinition portfolio, IReadOnlyList<ReportSubject> projects, CancellationToken cancellationToken)
    {
        var results = PortfolioSweep.Of(at.Setup.Definition, portfolio, at.Now, [.. projects.Select(p => new MeasuredProject(p.Project!, p.Results, []))]);
        return new()
        {
            Key = portfolio.Key,
            Name = portfolio.Name,
            Projects = projects,
            Results = PortfolioSweep.Measure(at.Setup, results),
            AsOf = at.Now,
            Freshness = Worst([.. projects.Select(p => p.Freshness)], at.Now),
            Decisions = [.. (await at.AdviceAsync(() => advice.AdviseAsync(at.Now, cancellationToken))).GetValueOrDefault(portfolio.Key, []).Select(Told)],
            Link = Address(at.Setup.Definition, null),
        };
    }

    private static DataFreshness Worst(IReadOnlyList<DataFreshness> parts, DateTimeOffset now) => parts.Count == 0
        ? new(now, IsStale: false)
        : new(parts.Any(p => p.DataAsOf is null) ? null : parts.Min(p => p.DataAsOf), parts.Any(p => p.IsStale));

    private static string Told(Risk risk) => risk.Score is { } score
        ? string.Create(CultureInfo.InvariantCulture, $"{risk.Title} (score {score:0.##})")
        : risk.Title;

    private static string Told(Model.Portfolios.Advice said) => $"{said.Project}: {said.Kind switch { AdviceKind.Start => "may begin", AdviceKind.Delay => "is to wait", _ => "consider ending it" }} ({string.Join(" ", said.Reasons)})";

    private static Uri? Address(PmoDefinition pmo, string? project) => pmo.ConsoleAddress is { } console
        ? new Uri(console.AbsoluteUri.TrimEnd('/') + (project is null ? "/" : $"/#{Uri.EscapeDataString(project)}"))
        : null;
}

/// <summary>What has been gathered as of one instant; every project is measured once, however many reports name it.</summary>
public sealed class ReportSubjectsAt
{
    private readonly ReportSubjects _subjects;
    private readonly Dictionary<string, ReportSubject> _projects = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, IReadOnlyList<Model.Portfolios.Advice>>? _advice;

    internal ReportSubjectsAt(ReportSubjects subjects, PmoSetup setup, DateTimeOffset now, IReadOnlyList<ConnectorSync> passes) =>
        (_subjects, Setup, Now, Passes) = (subjects, setup, now, passes);

    internal PmoSetup Setup { get; }

    internal DateTimeOffset Now { get; }

    internal IReadOnlyList<ConnectorSync> Passes { get; }

    /// <summary>What can be said of a project, in any of its publications.</summary>
    public async Task<ReportSubject> OfAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        if (!_projects.TryGetValue(project.Key, out var subject))
        {
            var wantsRisks = project.Publications.Any(p => ReportTexts.Of(Setup.Definition.Publishing, p, isPortfolio: false).Own.Any(n => n is "risks" or "decisions"));
            _projects[project.Key] = subject = await _subjects.ProjectAsync(this, project, wantsRisks, cancellationToken);
        }

        return subject;
    }

    /// <summary>What can be said of a portfolio.</summary>
    public async Task<ReportSubject> OfAsync(PortfolioDefinition portfolio, CancellationToken cancellationToken)
    {
        var projects = new List<ReportSubject>();
        foreach (var project in portfolio.Projects.Select(key => Setup.Definition.Projects.GetValueOrDefault(key)).OfType<ProjectDefinition>())
            projects.Add(await OfAsync(project, cancellationToken));
        return await _subjects.PortfolioAsync(this, portfolio, projects, cancellationToken);
    }

    internal async Task<IReadOnlyDictionary<string, IReadOnlyList<Model.Portfolios.Advice>>> AdviceAsync(Func<Task<IReadOnlyDictionary<string, IReadOnlyList<Model.Portfolios.Advice>>>> advise) =>
        _advice ??= await advise();
}
