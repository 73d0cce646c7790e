using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Says in a few lines how a project stands, the same in every place, in the configured culture.</summary>
public sealed partial class StatusReportComposer(PmoDefinition pmo)
{
    private readonly Wording _wording = new(pmo.Publishing.Culture, pmo.Calendar);

    /// <summary>The report of a project for one publication. Its hash covers what that publication shows, and never how fresh the data are.</summary>
    /// <param name="project">The project.</param>
    /// <param name="publication">Where it will stand.</param>
    /// <param name="results">Figures as of <paramref name="asOf"/>.</param>
    /// <param name="freshness">How fresh the data are; stale data are said to be stale and nothing else.</param>
    /// <param name="asOf">The instant of the figures.</param>
    public StatusReport Compose(ProjectDefinition project, PublicationDefinition publication, IReadOnlyList<MetricResult> results, DataFreshness freshness, DateTimeOffset asOf)
    {
        var own = results.Where(r => r.Subject is null).DistinctBy(r => r.Metric.Name).ToDictionary(r => r.Metric.Name, StringComparer.Ordinal);
        var title = $"{project.Name} ({project.Key})";
        StatusLine[] lines = freshness.IsStale ? [new("Data", Stale(freshness))] : [.. Lines(own, freshness)];
        var figures = Figures(publication, own, freshness);
        var shown = publication.Fields.Count > 0
            ? Placeholders(publication).Select(name => $"{name}={figures[name]}")
            : lines.Where(l => l.IsMaterial).Select(l => $"{l.Label}={l.Text}");
        return new()
        {
            Project = project.Key,
            Title = title,
            Lines = lines,
            Figures = figures,
            AsOf = asOf,
            ContentHash = Hash([title, .. shown]),
        };
    }

    private IEnumerable<StatusLine> Lines(Dictionary<string, MetricResult> results, DataFreshness freshness)
    {
        var variance = results.GetValueOrDefault("schedule.svt");
        if (results.GetValueOrDefault("rag.overall") is { } overall)
            yield return new("Status", _wording.Of(overall));
        yield return new("Schedule variance", _wording.Of(variance));
        yield return new("Schedule performance SPI(t)", _wording.WithBand(results.GetValueOrDefault("schedule.spit")));
        if (results.GetValueOrDefault("schedule.ev") is Measurement earned)
        {
            yield return new("Planned, earned, in all",
                $"{_wording.Of(results.GetValueOrDefault("schedule.pv"))} planned, {_wording.Of(earned)} earned, {_wording.Of(results.GetValueOrDefault("schedule.bac"))} in all");
        }

        yield return new("Deployment frequency", Deployments(results));
        if (variance is Measurement)
            yield return new("How sure", Sureness(variance));
        if (freshness.DataAsOf is { } dataAsOf)
            yield return new("Data as of", _wording.Of(dataAsOf), IsMaterial: false);
    }

    private string Deployments(Dictionary<string, MetricResult> results)
    {
        var perWeek = results.GetValueOrDefault("delivery.deploymentFrequency.perWeek");
        var days = results.GetValueOrDefault("delivery.deploymentFrequency.daysPerWeek");
        return perWeek is Measurement ? $"{_wording.Of(perWeek)}; median {_wording.WithBand(days)}" : _wording.Of(perWeek);
    }

    private string Sureness(MetricResult result)
    {
        var confidence = $"confidence {_wording.Percent(result.Confidence)}";
        return result.Findings.Count == 0 ? confidence : $"{confidence}. {string.Join(" ", result.Findings.Select(f => f.Text))}";
    }

    private Dictionary<string, string> Figures(PublicationDefinition publication, Dictionary<string, MetricResult> results, DataFreshness freshness)
    {
        var figures = results.ToDictionary(r => r.Key, r => _wording.Of(r.Value), StringComparer.Ordinal);
        foreach (var name in Placeholders(publication))
            figures.TryAdd(name, "not measurable: not part of this version");
        if (freshness.IsStale)
        {
            foreach (var name in figures.Keys.ToArray())
                figures[name] = Stale(freshness);
        }

        return figures;
    }

    private string Stale(DataFreshness freshness) => freshness.DataAsOf is { } since
        ? $"stale since {_wording.Of(since)}; no figures until the trackers can be read again"
        : "not read completely yet; no figures until the trackers have been read once";

    private static IEnumerable<string> Placeholders(PublicationDefinition publication) =>
        publication.Fields.Values.SelectMany(template => Placeholder().Matches(template)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Hash(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    [GeneratedRegex(@"\{(?<name>[A-Za-z0-9.]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
