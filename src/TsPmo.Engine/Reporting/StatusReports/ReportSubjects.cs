using System.Globalization;
using TsPmo.Engine.History;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.Advice;
using TsPmo.Engine.Reporting.Risks;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;
using TsPmo.Model.Portfolios;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Gathers what reports say of projects and portfolios. What no template names is not looked for.</summary>
public sealed class ReportSubjects(MeasurePass measure, IHistoryReader histories, IRunLog runs, RiskQuery risks)
{
    private const int MostRisks = 3;

    /// <summary>Begins to gather as of an instant.</summary>
    public async Task<ReportSubjectsAt> AtAsync(PmoSetup setup, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(this, setup, now, await runs.LastAsync(cancellationToken));

    /// <summary>One reading of the project's history and one sweep over it, for its figures, its risks and the advice about it.</summary>
    internal async Task<GatheredProject> ProjectAsync(ReportSubjectsAt at, ProjectDefinition project, bool wantsRisks, CancellationToken cancellationToken)
    {
        var history = await histories.ReadAsync(project, cancellationToken);
        var measured = measure.ComputeLight(at.Setup, history, at.Instants);
        var results = measured.Results.Where(r => r.AsOf == at.Now).ToList();
        var register = wantsRisks ? risks.Undated(history, at.Now, results) : [];
        var subject = new ReportSubject
        {
            Key = project.Key,
            Name = project.Name,
            Project = project,
            Results = results,
            AsOf = at.Now,
            Freshness = DataFreshness.Of(project, at.Passes, at.Setup.Definition.Publishing.MaxStaleness, at.Now),
            Risks = [.. register.Where(r => r.IsOpen).Take(MostRisks).Select(Told)],
            Decisions = [.. register.Count(r => r.Status == RiskStatus.Proposed) is > 0 and var proposed ? new[] { string.Create(CultureInfo.InvariantCulture, $"{proposed} proposed risks are to be accepted or dismissed") } : []],
            Link = Address(at.Setup.Definition, project.Key),
        };
        return new(subject, measured);
    }

    internal static ReportSubject Portfolio(ReportSubjectsAt at, PortfolioDefinition portfolio, IReadOnlyList<GatheredProject> projects)
    {
        MeasuredProject[] measured = [.. projects.Select(p => p.Measured)];
        return new()
        {
            Key = portfolio.Key,
            Name = portfolio.Name,
            Projects = [.. projects.Select(p => p.Subject)],
            Results = PortfolioSweep.Measure(at.Setup, PortfolioSweep.Of(at.Setup.Definition, portfolio, at.Now, measured)),
            AsOf = at.Now,
            Freshness = Worst([.. projects.Select(p => p.Subject.Freshness)], at.Now),
            Decisions = at.WantsAdvice ? [.. AdviceQuery.Of(at.Setup.Definition, portfolio, at.Now, measured).Select(Told)] : [],
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

/// <summary>A project as reports tell of it, and its figures at all instants that were asked for.</summary>
internal sealed record GatheredProject(ReportSubject Subject, MeasuredProject Measured);

/// <summary>What has been gathered as of one instant; every project is measured once, however many reports name it.</summary>
public sealed class ReportSubjectsAt
{
    private readonly ReportSubjects _subjects;
    private readonly Dictionary<string, GatheredProject> _projects = new(StringComparer.Ordinal);

    internal ReportSubjectsAt(ReportSubjects subjects, PmoSetup setup, DateTimeOffset now, IReadOnlyList<ConnectorSync> passes)
    {
        (_subjects, Setup, Now, Passes) = (subjects, setup, now, passes);
        WantsAdvice = setup.Definition.Portfolios.Values.Any(p => Names(p.Publications, isPortfolio: true).Contains("decisions"));
        Instants = WantsAdvice ? AdviceQuery.Instants(now) : [now];
    }

    internal PmoSetup Setup { get; }

    internal DateTimeOffset Now { get; }

    internal IReadOnlyList<ConnectorSync> Passes { get; }

    /// <summary>Whether a report of some portfolio tells what its people might decide.</summary>
    internal bool WantsAdvice { get; }

    /// <summary>The instants at which projects are measured.</summary>
    internal IReadOnlyList<DateTimeOffset> Instants { get; }

    /// <summary>What can be said of a project, in any of its publications.</summary>
    public async Task<ReportSubject> OfAsync(ProjectDefinition project, CancellationToken cancellationToken) => (await GatherAsync(project, cancellationToken)).Subject;

    /// <summary>What can be said of a portfolio.</summary>
    public async Task<ReportSubject> OfAsync(PortfolioDefinition portfolio, CancellationToken cancellationToken)
    {
        var projects = new List<GatheredProject>();
        foreach (var project in portfolio.Projects.Select(key => Setup.Definition.Projects.GetValueOrDefault(key)).OfType<ProjectDefinition>())
            projects.Add(await GatherAsync(project, cancellationToken));
        return ReportSubjects.Portfolio(this, portfolio, projects);
    }

    private async Task<GatheredProject> GatherAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        if (!_projects.TryGetValue(project.Key, out var gathered))
        {
            var wantsRisks = Names(project.Publications, isPortfolio: false).Any(n => n is "risks" or "decisions");
            _projects[project.Key] = gathered = await _subjects.ProjectAsync(this, project, wantsRisks, cancellationToken);
        }

        return gathered;
    }

    private IEnumerable<string> Names(IEnumerable<PublicationDefinition> publications, bool isPortfolio) =>
        publications.SelectMany(p => ReportTexts.Of(Setup.Definition.Publishing, p, isPortfolio).Own);
}
