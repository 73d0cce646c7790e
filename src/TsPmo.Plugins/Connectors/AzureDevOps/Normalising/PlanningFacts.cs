using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>Iterations and capacities.</summary>
internal static class PlanningFacts
{
    // A range without a sensible end would otherwise fill the store.
    private const int LongestAbsence = 3660;

    public static Normalised OfIterations(JsonElement body)
    {
        var sprints = body.Items("iterations").Select(i => Sprint(body.Text("project"), i)).ToList();
        return body.Text("project") is { } project ? new([.. sprints, new SprintsOfProject(project, [.. sprints.Select(s => s.Id)])]) : new([.. sprints]);
    }

    /// <summary>Its days are not known: the tracker tells them of no iteration that is gone. Nobody's choice, it appears only where items carry it.</summary>
    public static Normalised OfDeletedIteration(JsonElement body) => new([Sprint(body.Text("project"), body)]);

    public static Normalised OfCapacity(JsonElement body)
    {
        if (body.Text("team") is not { } team || body.Text("sprint") is not { } sprint)
            return AzureDevOpsNormaliser.NotUnderstood("A capacity names no team or iteration.");
        var teamDays = DaysOff(body.Child("teamDaysOff") ?? default).ToList();
        var members = Members(body.Child("capacities") ?? default).ToList();
        var rows = members
            .Select(m => (Person: WireIdentity.Read(m.Child("teamMember")), Member: m))
            .Where(m => m.Person is not null)
            .GroupBy(m => m.Person!.Value.Account, m => m.Member, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CapacityRow(g.Key, g.Sum(Hours), [.. g.SelectMany(DaysOff).Concat(teamDays).Distinct().Order()]));
        var people = members.Select(m => WireIdentity.Read(m.Child("teamMember"))?.ToFact()).OfType<Fact>().Distinct();
        return new([new CapacitySet(body.Text("project") ?? "", team, sprint, [.. rows]), .. people]);
    }

    private static SprintFact Sprint(string? project, JsonElement iteration)
    {
        var teams = iteration.Items("teams").Select(t => t.AsText() ?? "").ToList();
        return new()
        {
            Id = iteration.Text("id") ?? throw new FormatException("An iteration has no identifier."),
            Project = project,
            Name = iteration.Text("name") ?? "",
            BoardOrTeam = teams.Count == 0 ? null : string.Join(", ", teams),
            FirstDay = iteration.Day("first"),
            LastDay = iteration.Day("last"),
            IsSelected = teams.Count > 0,
        };
    }

    // Version 7 answers with an object, older ones with a plain list.
    private static IEnumerable<JsonElement> Members(JsonElement capacities) =>
        capacities.Child("teamMembers") is not null ? capacities.Items("teamMembers") : capacities.Items("value");

    private static decimal Hours(JsonElement member) => member.Items("activities").Sum(a => a.Number("capacityPerDay") ?? 0);

    private static IEnumerable<DateOnly> DaysOff(JsonElement holder)
    {
        foreach (var range in holder.Items("daysOff"))
        {
            if (range.Day("start") is not { } first || range.Day("end") is not { } last)
                continue;
            for (var day = first; day <= last && day.DayNumber - first.DayNumber < LongestAbsence; day = day.AddDays(1))
                yield return day;
        }
    }
}
