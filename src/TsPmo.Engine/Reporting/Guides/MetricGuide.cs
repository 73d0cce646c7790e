using System.Collections.Concurrent;

namespace TsPmo.Engine.Reporting.Guides;

/// <summary>Serves what each metric's folder says about it, so that docs, command line and console show one text.</summary>
public sealed class MetricGuide(IPmoSource pmo)
{
    private readonly ConcurrentDictionary<Type, GuideText?> _texts = new();

    /// <summary>The text about a metric (its name in any case), whether it is computed from history, from other figures or for portfolios; null where no metric is called so, or its folder says nothing.</summary>
    public GuideText? Of(string metric) => Computing(metric) is { } computing ? _texts.GetOrAdd(computing, Read) : null;

    private Type? Computing(string metric)
    {
        var setup = pmo.Current;
        var all = setup.Metrics.Measured.Select(m => (m.Definitions, Type: m.GetType()))
            .Concat(setup.Metrics.Derived.Select(d => (d.Definitions, Type: d.GetType())))
            .Concat(setup.PortfolioMetrics.Select(p => (p.Definitions, Type: p.GetType())));
        return all.FirstOrDefault(m => m.Definitions.Any(d => d.Name.Equals(metric, StringComparison.OrdinalIgnoreCase))).Type;
    }

    /// <summary>A metric's folder is the last part of its namespace; its text lies in the assembly under the folder's name.</summary>
    private static GuideText? Read(Type metric)
    {
        var folder = metric.Namespace?.Split('.')[^1];
        using var stream = metric.Assembly.GetManifestResourceStream($"Metrics/{folder}/README.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}

/// <summary>What a metric's folder says about it.</summary>
/// <param name="Markdown">The whole text.</param>
public sealed record GuideText(string Markdown)
{
    /// <summary>The headings of its sections, in their order.</summary>
    public IReadOnlyList<string> Headings => [.. Lines.Where(IsHeading).Select(l => l[3..].Trim())];

    private IEnumerable<string> Lines => Markdown.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The text below a heading (any case); empty where there is none.</summary>
    public string Section(string heading) => string.Join('\n', Lines
        .SkipWhile(l => !IsHeading(l) || !l[3..].Trim().Equals(heading, StringComparison.OrdinalIgnoreCase)).Skip(1)
        .TakeWhile(l => !IsHeading(l))).Trim();

    private static bool IsHeading(string line) => line.StartsWith("## ", StringComparison.Ordinal);
}
