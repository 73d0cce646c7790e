using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Discovery;

/// <summary>Fields that may hold points: what the boards estimate in comes first, then what the schema speaks for.</summary>
internal static class PointsFields
{
    /// <summary>The fields, the likeliest first.</summary>
    public static IReadOnlyList<DiscoveredField> Of(FieldCatalogue fields, IReadOnlyList<SurveyedBoard> boards)
    {
        var used = boards.Where(b => b.EstimationField is not null).GroupBy(b => b.EstimationField ?? "", StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var known = Candidates(fields);
        // Time is an estimate too, but no points: what is not a field of numbers is left to the estimates in hours.
        return
        [
            .. known.Where(f => used.ContainsKey(f.Id)).OrderByDescending(f => used[f.Id]).ThenBy(f => f.Id, StringComparer.Ordinal)
                .Select(f => new DiscoveredField(f.Id, f.Name, $"the estimation field of {Count(used[f.Id])}")),
            .. known.Where(f => !used.ContainsKey(f.Id) && f.Rank >= 0).OrderBy(f => f.Rank).ThenBy(f => f.Id, StringComparer.Ordinal)
                .Select(f => new DiscoveredField(f.Id, f.Name, "its type or name says story points")),
        ];
    }

    /// <summary>Names that several of the likely fields, or of all fields of numbers, bear: naming one of them in the mapping would name all.</summary>
    public static IEnumerable<Problem> Ambiguities(string connector, FieldCatalogue fields) =>
        Candidates(fields).GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Problem(
                "field-ambiguous",
                $"{g.Count()} fields of numbers are called '{g.Key}': {string.Join(", ", g.Select(f => f.Id).Order(StringComparer.Ordinal))}.",
                $"If one of them holds the points and is no board's estimation field, name it by its id in TsPmo:Connectors:{connector}:Mapping:Points.") { Scope = g.Key });

    private static List<CandidateField> Candidates(FieldCatalogue fields) =>
        [.. fields.Candidates.Where(c => c.Role == FieldRole.Roles.Points).DistinctBy(c => c.Id)];

    private static string Count(int boards) => boards == 1 ? "1 board" : $"{boards} boards";
}
