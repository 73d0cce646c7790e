namespace TsPmo.Model.Publishing.Templates;

/// <summary>The templates of a PMO: one for projects, one for portfolios, and others in their place for single targets.</summary>
/// <param name="ByName">Templates by name without case: <c>project</c>, <c>portfolio</c>, <c>project.Comment</c>, …</param>
public sealed record ReportTemplates(IReadOnlyDictionary<string, ReportTemplate> ByName)
{
    /// <summary>Name of the template of projects.</summary>
    public const string Project = "project";

    /// <summary>Name of the template of portfolios.</summary>
    public const string Portfolio = "portfolio";

    private static readonly ReportTemplate NameOfProject = ReportTemplate.Parse(Project, "{project.name}", []);
    private static readonly ReportTemplate NameOfPortfolio = ReportTemplate.Parse(Portfolio, "{portfolio.name}", []);

    /// <summary>Other values than figures that a template may name.</summary>
    public static readonly IReadOnlyList<string> Words =
    [
        "project.name", "project.key", "project.sponsor", "project.manager", "portfolio.name", "portfolio.key", "plan.start", "plan.finish",
        "changes", "changes.since", "risks", "decisions", "confidence", "data.asOf", "data.since", "link",
    ];

    /// <summary>The template for a kind of place: its own where there is one, else that of all places.</summary>
    public ReportTemplate Of(string target, bool isPortfolio)
    {
        var name = isPortfolio ? Portfolio : Project;
        return ByName.GetValueOrDefault($"{name}.{target}") ?? ByName.GetValueOrDefault(name) ?? (isPortfolio ? NameOfPortfolio : NameOfProject);
    }
}
