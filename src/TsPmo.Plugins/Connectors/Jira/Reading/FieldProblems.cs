using TsPmo.Model;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>What an administrator must decide about fields because nothing in Jira does.</summary>
internal static class FieldProblems
{
    /// <summary>
    /// Several points fields of one name; null where there is one at most or the mapping names one of the fields by its id, or another by its name.
    /// </summary>
    /// <param name="client">The connector.</param>
    /// <param name="fields">The site's fields.</param>
    /// <param name="projects">Projects whose boards do not tell which one it is.</param>
    public static Problem? Points(JiraClient client, FieldCatalogue fields, IReadOnlyList<string> projects)
    {
        var ambiguous = fields.Ambiguous.FirstOrDefault(a => a.Role == FieldRole.Roles.Points);
        var mapped = client.Options.Mapping.Points;
        if (ambiguous is null || projects.Count == 0 || (mapped is not null && !mapped.Equals(ambiguous.Name, StringComparison.OrdinalIgnoreCase)))
            return null;
        return new(
            "points-field-ambiguous",
            $"Connector '{client.Name}' finds {ambiguous.Ids.Count} fields called '{ambiguous.Name}' ({string.Join(", ", ambiguous.Ids)}) and no board of {string.Join(", ", projects)} that tells which one holds the points; none is used.",
            $"Set TsPmo:Connectors:{client.Name}:Mapping:Points to the id of the right one.") { Scope = "points" };
    }
}
