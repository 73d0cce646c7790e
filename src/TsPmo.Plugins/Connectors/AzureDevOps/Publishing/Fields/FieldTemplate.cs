using System.Text.RegularExpressions;
using TsPmo.Model;
using TsPmo.Model.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>Fills the placeholders of the configured values ("{rag.overall}") from a report's figures.</summary>
internal static partial class FieldTemplate
{
    /// <summary>Values by field as configured, or the placeholders that the report has no figure for.</summary>
    public static (IReadOnlyDictionary<string, string?> Values, Problem? Problem) Fill(PublicationRequest request, StatusReport report)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var values = request.Fields.ToDictionary(f => f.Key, f => (string?)Placeholder().Replace(f.Value, match =>
        {
            if (report.Figures.TryGetValue(match.Groups["name"].Value, out var figure))
                return figure;
            unknown.Add(match.Value);
            return match.Value;
        }), StringComparer.OrdinalIgnoreCase);
        return (values, unknown.Count == 0 ? null : Unknown(request, unknown, report));
    }

    private static Problem Unknown(PublicationRequest request, IReadOnlyCollection<string> unknown, StatusReport report) => new(
        "placeholder-unknown",
        $"The fields of publication '{request.Id}' use {string.Join(", ", unknown)}, which no figure of the report answers to.",
        $"Use one of: {string.Join(", ", report.Figures.Keys.Order(StringComparer.Ordinal).Select(k => $"{{{k}}}"))}.")
    {
        Scope = request.Id,
    };

    [GeneratedRegex(@"\{(?<name>[A-Za-z][\w.|\-]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
