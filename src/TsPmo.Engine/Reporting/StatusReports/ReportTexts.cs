using TsPmo.Model.Governance;
using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>The template that a publication is said with, and those of its fields.</summary>
internal sealed record ReportTexts(ReportTemplate Template, IReadOnlyDictionary<string, TemplateText> Fields, string Source)
{
    /// <summary>The texts of a publication. Their source makes another report of another text, whatever the figures.</summary>
    public static ReportTexts Of(PublishingRules rules, PublicationDefinition publication, bool isPortfolio)
    {
        var template = rules.Templates.Of(publication.Target, isPortfolio);
        var source = publication.Fields.Count == 0 ? template.Source : string.Join('\n', publication.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
        return new(template, publication.FieldTexts, source);
    }

    /// <summary>What the publication shows of its own subject, by name.</summary>
    public IEnumerable<string> Own => Fields.Count > 0
        ? Names(Fields.Values)
        : Names(Template.Lines.Where(l => l.Occasion != LineOccasion.PerProject).SelectMany(l => new[] { l.Label, l.Text }).Append(Template.Title));

    /// <summary>What it shows of each project of a portfolio.</summary>
    public IEnumerable<string> PerProject => Fields.Count > 0 ? [] : Names(Template.Lines.Where(l => l.Occasion == LineOccasion.PerProject).SelectMany(l => new[] { l.Label, l.Text }));

    private static IEnumerable<string> Names(IEnumerable<TemplateText> texts) => texts.SelectMany(t => t.Placeholders).Select(p => p.Name).Distinct(StringComparer.Ordinal);
}
