using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Pipeline.Publish;

/// <summary>A project or portfolio with its publications.</summary>
/// <param name="Key">The project's key, or <c>portfolio:KEY</c>.</param>
/// <param name="Publications">Where its status is written.</param>
/// <param name="GatherAsync">Gathers what can be said of it.</param>
internal sealed record PublicationOwner(string Key, IReadOnlyList<PublicationDefinition> Publications, Func<ReportSubjectsAt, CancellationToken, Task<ReportSubject>> GatherAsync);

/// <summary>Whose publications a run is about.</summary>
/// <param name="Owners">Projects by key, then portfolios by key.</param>
/// <param name="Problems">One for each name that nobody has.</param>
internal sealed record PublicationChoice(IReadOnlyList<PublicationOwner> Owners, IReadOnlyList<Problem> Problems)
{
    /// <summary>All, or those of the given names (any case): keys of projects and portfolios written <c>portfolio:KEY</c>.</summary>
    public static PublicationChoice Of(PmoDefinition pmo, IReadOnlyCollection<string>? names)
    {
        var isAll = names is null or { Count: 0 };
        var portfolios = pmo.Portfolios.Values.OrderBy(p => p.Key, StringComparer.Ordinal).Select(Owner).Where(o => isAll || names!.Contains(o.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        string[] rest = isAll ? [] : [.. names!.Where(n => !portfolios.Any(p => p.Key.Equals(n, StringComparison.OrdinalIgnoreCase)))];
        var projects = !isAll && rest.Length == 0 ? new ProjectChoice([], []) : ProjectChoice.Of(pmo, rest);
        return new([.. projects.Projects.Select(Owner), .. portfolios], projects.Problems);
    }

    private static PublicationOwner Owner(ProjectDefinition project) => new(project.Key, project.Publications, (gathered, stop) => gathered.OfAsync(project, stop));

    private static PublicationOwner Owner(PortfolioDefinition portfolio) =>
        new(PortfolioResults.NameOf(portfolio.Key), portfolio.Publications, (gathered, stop) => gathered.OfAsync(portfolio, stop));
}
