using System.Security.Cryptography;
using System.Text;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;
using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Says how a project or portfolio stands, in the words of its template and in the configured culture, the same in every place.</summary>
public sealed class StatusReportComposer(PmoDefinition pmo)
{
    private readonly Wording _wording = new(pmo.Publishing.Culture, pmo.Calendar);
    private readonly Materiality _materiality = new(pmo);

    /// <summary>
    /// The report for one publication. Its hash stays that of what was last said while nothing material has changed since, so that nothing is written.
    /// </summary>
    /// <param name="publication">Where it will stand.</param>
    /// <param name="subject">What can be said.</param>
    /// <param name="last">What was last said there; null: nothing.</param>
    public StatusReport Compose(PublicationDefinition publication, ReportSubject subject, LastSaid? last)
    {
        var texts = ReportTexts.Of(pmo.Publishing, publication, subject.Project is null);
        var now = Material(texts, subject);
        var (material, hash) = Settled(texts, subject, now, last);
        var filler = Filler(subject, Changes(subject, last, now), last?.At);
        return new()
        {
            Project = subject.Key,
            Title = filler.Fill(texts.Template.Title),
            Lines = Lines(texts.Template, subject, filler),
            Fields = texts.Fields.ToDictionary(f => f.Key, f => subject.Freshness.IsStale ? new FieldContent(Stale(texts, filler), IsFigure: f.Value.Alone is not null) : filler.Content(f.Value), StringComparer.OrdinalIgnoreCase),
            Figures = subject.Freshness.IsStale ? new Dictionary<string, string>() : subject.Own.ToDictionary(r => r.Key, r => _wording.Of(r.Value), StringComparer.Ordinal),
            AsOf = subject.AsOf,
            Link = subject.Link,
            Material = material,
            ContentHash = hash,
        };
    }

    private List<StatusLine> Lines(ReportTemplate template, ReportSubject subject, TemplateFiller filler)
    {
        var lines = new List<StatusLine>();
        foreach (var line in template.Lines.Where(l => l.Occasion == LineOccasion.WhenStale == subject.Freshness.IsStale))
        {
            if (line.Occasion == LineOccasion.PerProject)
                lines.AddRange(subject.Projects.Select(project => Line(line, Filler(project, null, null))));
            else if (line.Occasion != LineOccasion.IfKnown || (filler.IsKnown(line.Label) && filler.IsKnown(line.Text)))
                lines.Add(Line(line, filler));
        }

        return lines;
    }

    private static StatusLine Line(TemplateLine line, TemplateFiller filler) => new(filler.Fill(line.Label), filler.Fill(line.Text));

    private static string Stale(ReportTexts texts, TemplateFiller filler) =>
        string.Join(' ', texts.Template.Lines.Where(l => l.Occasion == LineOccasion.WhenStale).Select(l => filler.Fill(l.Text)));

    private TemplateFiller Filler(ReportSubject subject, string? changes, DateTimeOffset? since) => new(_wording, subject.Own, Words(subject, changes, since));

    private Dictionary<string, string?> Words(ReportSubject subject, string? changes, DateTimeOffset? since)
    {
        var kind = subject.Project is null ? "portfolio" : "project";
        return new(StringComparer.Ordinal)
        {
            [$"{kind}.name"] = subject.Name,
            [$"{kind}.key"] = subject.Key,
            ["project.sponsor"] = subject.Project?.Sponsor,
            ["project.manager"] = subject.Project?.Manager,
            ["plan.start"] = Day(subject.Project?.Plan.Start),
            ["plan.finish"] = Day(subject.Project?.Plan.Finish),
            ["changes"] = changes,
            ["changes.since"] = since is { } at ? _wording.Of(at) : null,
            ["risks"] = Joined(subject.Risks),
            ["decisions"] = Joined(subject.Decisions),
            ["confidence"] = subject.Own.GetValueOrDefault("schedule.svt") is { } headline ? Sureness(headline) : null,
            ["data.asOf"] = subject.Freshness.DataAsOf is { } asOf ? _wording.Of(asOf) : null,
            ["data.since"] = subject.Freshness.DataAsOf is { } stale ? _wording.Of(stale) : "the beginning",
            ["link"] = subject.Link?.AbsoluteUri,
        };
    }

    private string? Day(DateOnly? day) => day is { } known ? _wording.Of(known) : null;

    private static string? Joined(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join("; ", texts);

    private string Sureness(MetricResult result)
    {
        var confidence = $"confidence {_wording.Percent(result.Confidence)}";
        return result.Findings.Count == 0 ? confidence : $"{confidence}. {string.Join(" ", result.Findings.Select(f => f.Text))}";
    }

    /// <summary>What moved since the last report, each figure with what it was and what it is.</summary>
    private string? Changes(ReportSubject subject, LastSaid? last, Dictionary<string, string> now)
    {
        if (last is null || subject.Freshness.IsStale)
            return null;
        string[] moved =
        [
            .. from figure in now
               where last.Material.TryGetValue(figure.Key, out var old) && _materiality.Differs(old, figure.Value)
               select $"{Label(subject, figure.Key)} {_wording.Kept(last.Material[figure.Key])} → {_wording.Kept(figure.Value)}",
        ];
        return Joined(moved);
    }

    /// <summary>A figure's name in words; of a portfolio's project with the project's key before it.</summary>
    private static string Label(ReportSubject subject, string key)
    {
        if (subject.Projects.FirstOrDefault(p => key.StartsWith(p.Key + "/", StringComparison.Ordinal)) is { } project)
            return $"{project.Key} {Label(project, key[(project.Key.Length + 1)..])}";
        return subject.Own.GetValueOrDefault(key)?.Metric.Label.Split([',', ':'], 2)[0] ?? key;
    }

    /// <summary>What decides whether a report is worth a write: the figures it shows that can matter, or, where it shows none of those, all that it shows.</summary>
    private static Dictionary<string, string> Material(ReportTexts texts, ReportSubject subject)
    {
        if (subject.Freshness.IsStale)
            return new(StringComparer.Ordinal) { ["data"] = subject.Freshness.DataAsOf is { } since ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"stale since {since:O}") : "never read" };
        var shown = texts.Own.SelectMany(name => Figure(subject, name, name))
            .Concat(subject.Projects.SelectMany(project => texts.PerProject.SelectMany(name => Figure(project, name, $"{project.Key}/{name}"))))
            .DistinctBy(f => f.Key).ToList();
        var weighty = shown.Where(f => Materiality.CanMatter(f.Result)).ToList();
        return (weighty.Count > 0 ? weighty : shown).ToDictionary(f => f.Key, f => Materiality.Kept(f.Result), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, MetricResult Result)> Figure(ReportSubject subject, string name, string key) =>
        subject.Own.GetValueOrDefault(name) is { } result ? [(key, result)] : [];

    private (IReadOnlyDictionary<string, string> Material, string Hash) Settled(ReportTexts texts, ReportSubject subject, Dictionary<string, string> now, LastSaid? last)
    {
        if (last is not null && !_materiality.Differs(last.Material, now) && Hash(texts, subject, last.Material) is var same && same == last.ContentHash)
            return (last.Material, same);
        return (now, Hash(texts, subject, now));
    }

    private string Hash(ReportTexts texts, ReportSubject subject, IReadOnlyDictionary<string, string> material)
    {
        var text = string.Join('\n', [subject.Key, subject.Name, pmo.Publishing.Culture.Name, texts.Source, .. material.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
