using System.Globalization;
using TsPmo.Model.Publishing.Templates;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether the templates of reports can be filled: each is somebody's, and every placeholder has a meaning.</summary>
internal static class ReportChecks
{
    /// <summary>What a template may name.</summary>
    public static readonly IReadOnlyCollection<string> Names = new HashSet<string>([.. FigureNames.All, .. ReportTemplates.Words], StringComparer.Ordinal);

    /// <summary>Reads and checks the templates; mistakes are told with the file and the line.</summary>
    public static ReportTemplates Read(ConfigurationInput input, PluginCatalog catalog, SettingProblems problems)
    {
        var templates = new Dictionary<string, ReportTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in ReportFiles.Read(input).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            CheckName(name, catalog, problems);
            var flaws = new List<TemplateFlaw>();
            templates[name] = ReportTemplate.Parse(name, text, flaws);
            foreach (var flaw in flaws)
                Add(name, flaw, problems);
            CheckPlaceholders(name, templates[name], problems);
        }

        return new(templates);
    }

    private static void CheckName(string name, PluginCatalog catalog, SettingProblems problems)
    {
        string[] targets = [.. catalog.Connectors.SelectMany(c => catalog.Targets(c.Type)).Distinct(StringComparer.Ordinal)];
        string[] known = [.. new[] { ReportTemplates.Project, ReportTemplates.Portfolio }.SelectMany(subject => targets.Select(t => $"{subject}.{t}").Prepend(subject))];
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            problems.Add($"{ReportFiles.Folder}/{name}.txt", null, "is nobody's template", NearestName.Advice(name, known));
    }

    private static void CheckPlaceholders(string name, ReportTemplate template, SettingProblems problems)
    {
        foreach (var placeholder in template.Placeholders.Select(p => p.Name).Distinct(StringComparer.Ordinal).Where(p => !Names.Contains(p)))
            problems.Add($"{ReportFiles.Folder}/{name}.txt", $"{{{placeholder}}}", "is no figure and no other value", NearestName.Advice(placeholder, Names));
    }

    private static void Add(string name, TemplateFlaw flaw, SettingProblems problems) =>
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{ReportFiles.Folder}/{name}.txt:{flaw.Line}"), flaw.Where, flaw.What, flaw.Remedy);
}
