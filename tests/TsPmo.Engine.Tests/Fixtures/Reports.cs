using TsPmo.Model.Publishing.Templates;
using TsPmo.Testing;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>The templates that the program comes with.</summary>
public static class Reports
{
    public static ReportTemplates Own { get; } = new(new Dictionary<string, ReportTemplate>
    {
        [ReportTemplates.Project] = Read(ReportTemplates.Project),
        [ReportTemplates.Portfolio] = Read(ReportTemplates.Portfolio),
    });

    private static ReportTemplate Read(string name)
    {
        var flaws = new List<TemplateFlaw>();
        var template = ReportTemplate.Parse(name, File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot(), "config", "reports", $"{name}.txt")), flaws);
        flaws.ShouldBeEmpty();
        return template;
    }
}
