using System.Text.Json;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Connectors.Jira.Wire;

/// <summary>A field whose meaning the mapping may choose.</summary>
/// <param name="Id">Its id ("customfield_10016", "duedate").</param>
/// <param name="Name">Its name as people see it.</param>
/// <param name="Rank">Order of choice when nothing is mapped; negative: not chosen.</param>
/// <param name="Role">The role it may play.</param>
internal sealed record CandidateField(string Id, string Name, int Rank, string Role);

/// <summary>The fields of one site that matter to us, found by their schema and never by a localised name.</summary>
internal sealed class FieldCatalogue
{
    private const string Greenhopper = "com.pyxis.greenhopper.jira:";
    private const string CustomTypes = "com.atlassian.jira.plugin.system.customfieldtypes:";
    private const string Plans = "com.atlassian.jpo:jpo-custom-field-";
    private const int NotChosen = -1;

    private readonly Dictionary<string, HashSet<string>> _idsByName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of sprint fields.</summary>
    public List<string> Sprint { get; } = [];

    /// <summary>Ids of epic link fields, whose values are keys.</summary>
    public List<string> EpicLink { get; } = [];

    /// <summary>Ids of the fields that flag an impediment.</summary>
    public List<string> Flagged { get; } = [];

    /// <summary>Every field that may hold points, planned start or planned finish.</summary>
    public List<CandidateField> Candidates { get; } = [];

    /// <summary>Names of the fields above, by which histories without field ids tell them.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> IdsByName => _idsByName;

    /// <summary>Ids of the custom fields to ask for.</summary>
    public IEnumerable<string> Custom =>
        Sprint.Concat(EpicLink).Concat(Flagged).Concat(Candidates.Select(c => c.Id)).Where(id => id != "duedate").Distinct(StringComparer.Ordinal);

    /// <summary>Reads the answer of the field list.</summary>
    public static FieldCatalogue Of(JsonElement fields)
    {
        var catalogue = new FieldCatalogue();
        catalogue.Candidates.Add(new("duedate", "Due date", 0, FieldRole.Roles.Finish));
        foreach (var field in fields.Items())
            catalogue.Add(field);
        return catalogue;
    }

    private void Add(JsonElement field)
    {
        var schema = field.Member("schema");
        if (field.Text("id") is not { } id || schema.Text("custom") is not { } custom)
            return;
        var shown = field.Text("name") ?? id;
        var name = field.Text("untranslatedName") ?? shown;
        if (!Place(id, shown, name, custom))
            return;
        foreach (var known in (ReadOnlySpan<string>)[shown, name])
        {
            if (!_idsByName.TryGetValue(known, out var ids))
                _idsByName[known] = ids = new(StringComparer.Ordinal);
            ids.Add(id);
        }
    }

    private bool Place(string id, string shown, string name, string custom)
    {
        switch (custom)
        {
            case Greenhopper + "gh-sprint":
                Sprint.Add(id);
                return true;
            case Greenhopper + "gh-epic-link":
                EpicLink.Add(id);
                return true;
            case CustomTypes + "multicheckboxes" when Is(name, "Flagged"):
                Flagged.Add(id);
                return true;
            case Greenhopper + "jsw-story-points":
                Candidates.Add(new(id, shown, 10, FieldRole.Roles.Points));
                return true;
            case CustomTypes + "float":
                Candidates.Add(new(id, shown, Is(name, "Story Points") ? 20 : NotChosen, FieldRole.Roles.Points));
                return true;
            case CustomTypes + "datepicker":
                Candidates.Add(new(id, shown, Is(name, "Start date") ? 0 : NotChosen, FieldRole.Roles.Start));
                Candidates.Add(new(id, shown, NotChosen, FieldRole.Roles.Finish));
                return true;
            case Plans + "baseline-start":
                Candidates.Add(new(id, shown, 1, FieldRole.Roles.Start));
                return true;
            case Plans + "baseline-end":
                Candidates.Add(new(id, shown, 1, FieldRole.Roles.Finish));
                return true;
            default:
                return false;
        }
    }

    private static bool Is(string name, string wanted) => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
