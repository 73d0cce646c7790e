using TsPmo.Model;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>What an administrator must decide about fields because nothing in Jira does.</summary>
internal static class FieldProblems
{
    /// <summary>Projects whose boards may not be asked how they estimate; null where there is none or the mapping decides.</summary>
    public static Problem? Unreadable(JiraClient client, Estimations estimations) => client.Options.Mapping.Points is not null || estimations.Refused.Count == 0 ? null : new(
        "estimation-unreadable",
        $"Connector '{client.Name}' may not read how the boards of {string.Join(", ", estimations.Refused)} estimate; no points field is guessed for them, and what their boards said before goes on counting.",
        $"Let the account see the configuration of these boards, or set TsPmo:Connectors:{client.Name}:Mapping:Points.") { Scope = "points" };

    /// <summary>
    /// Several points fields of one name, which Jira offers or the mapping names; null where there is one at most, the mapping names a field by its id, or the boards tell.
    /// </summary>
    /// <param name="client">The connector.</param>
    /// <param name="fields">The site's fields.</param>
    /// <param name="estimations">How the projects estimate.</param>
    /// <param name="projectIds">Ids of the projects by key, where they were asked for.</param>
    public static Problem? Points(JiraClient client, FieldCatalogue fields, Estimations estimations, IReadOnlyDictionary<string, string> projectIds)
    {
        var mapped = client.Options.Mapping.Points;
        var ambiguous = mapped is null ? fields.Ambiguous.FirstOrDefault(a => a.Role == FieldRole.Roles.Points) : fields.Called(FieldRole.Roles.Points, mapped);
        if (ambiguous is null)
            return null;
        var projects = (mapped is null ? estimations.Undecided(fields, projectIds) : estimations.NotAmong(ambiguous.Ids, fields, projectIds)).ToList();
        return projects.Count == 0 ? null : new(
            "points-field-ambiguous",
            $"Connector '{client.Name}' finds {ambiguous.Ids.Count} fields called '{ambiguous.Name}' ({string.Join(", ", ambiguous.Ids)}) and no board of {string.Join(", ", projects)} that tells which one holds the points; none is used.",
            $"Set TsPmo:Connectors:{client.Name}:Mapping:Points to the id of the right one.") { Scope = "points" };
    }
}
