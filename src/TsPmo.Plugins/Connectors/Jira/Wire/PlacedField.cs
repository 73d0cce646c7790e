using System.Text.Json;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>What a field is to us.</summary>
internal enum FieldPlace
{
    Sprint,
    EpicLink,
    ParentLink,
    Flagged,
    RequestType,

    /// <summary>A number or a date that a mapping may give a role.</summary>
    Candidate,
}

/// <summary>A field of the site's list that matters to us.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Place">What it is to us.</param>
/// <param name="Names">Its names: as people see it, and untranslated.</param>
/// <param name="Candidates">The roles it may play.</param>
internal sealed record PlacedField(string Id, FieldPlace Place, IReadOnlyList<string> Names, IReadOnlyList<CandidateField> Candidates)
{
    private const string Greenhopper = "com.pyxis.greenhopper.jira:";
    private const string CustomTypes = "com.atlassian.jira.plugin.system.customfieldtypes:";
    private const string Plans = "com.atlassian.jpo:jpo-custom-field-";
    private const int NotChosen = -1;

    /// <summary>Reads one entry of the field list; null where it does not matter to us.</summary>
    public static PlacedField? Of(JsonElement field)
    {
        var schema = field.Member("schema");
        if (field.Text("id") is not { } id || schema.Text("custom") is not { } custom)
            return null;
        var shown = field.Text("name") ?? id;
        var name = field.Text("untranslatedName") ?? shown;
        IReadOnlyList<string> names = shown == name ? [shown] : [shown, name];
        if (Special(custom, name) is { } place)
            return new(id, place, names, []);
        var project = field.Member("scope").Member("project").Text("id");
        var roles = Roles(custom, name, schema.Text("type")).Select(r => new CandidateField(id, shown, r.Rank, r.Role) { ProjectId = project }).ToList();
        return roles.Count == 0 ? null : new(id, FieldPlace.Candidate, names, roles);
    }

    private static FieldPlace? Special(string custom, string name) => custom switch
    {
        Greenhopper + "gh-sprint" => FieldPlace.Sprint,
        Greenhopper + "gh-epic-link" => FieldPlace.EpicLink,
        Plans + "parent" => FieldPlace.ParentLink,
        CustomTypes + "multicheckboxes" when Is(name, "Flagged") => FieldPlace.Flagged,
        "com.atlassian.servicedesk:vp-origin" => FieldPlace.RequestType,
        _ => null,
    };

    /// <summary>The roles by schema; by name only where Jira has nothing better. Numbers and dates of whatever add-on are candidates too: a board may estimate in them.</summary>
    private static IEnumerable<(string Role, int Rank)> Roles(string custom, string name, string? type) => custom switch
    {
        Greenhopper + "jsw-story-points" => [(FieldRole.Roles.Points, 10)],
        CustomTypes + "float" => [(FieldRole.Roles.Points, Is(name, "Story Points") ? 20 : NotChosen)],
        CustomTypes + "datepicker" => [(FieldRole.Roles.Start, Is(name, "Start date") ? 0 : NotChosen), (FieldRole.Roles.Finish, NotChosen)],
        Plans + "baseline-start" => [(FieldRole.Roles.Start, 1)],
        Plans + "baseline-end" => [(FieldRole.Roles.Finish, 1)],
        _ when type == "number" => [(FieldRole.Roles.Points, NotChosen)],
        _ when type == "date" => [(FieldRole.Roles.Start, NotChosen), (FieldRole.Roles.Finish, NotChosen)],
        _ => [],
    };

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
