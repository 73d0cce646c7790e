using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraFieldTests
{
    private const string Float = "com.atlassian.jira.plugin.system.customfieldtypes:float";
    private const string TeamPoints = "com.pyxis.greenhopper.jira:jsw-story-points";

    [Fact]
    public void Fields_are_found_by_schema_whatever_they_are_called()
    {
        var fields = Catalogue(
            Field(1, "Vorgangsende", "com.pyxis.greenhopper.jira:gh-sprint"), Field(2, "Epos", "com.pyxis.greenhopper.jira:gh-epic-link"),
            Field(3, "Übergeordnet", "com.atlassian.jpo:jpo-custom-field-parent"), Field(4, "Zieltermin", "com.atlassian.jpo:jpo-custom-field-baseline-end"),
            Field(5, "Schätzung", TeamPoints), Field(6, "Sprint", "com.example:text"));
        fields.Sprint.ShouldBe(["customfield_1"]);
        fields.EpicLink.ShouldBe(["customfield_2", "customfield_3"]);
        Chosen(fields, FieldRole.Roles.Finish).ShouldBe(["duedate", "customfield_4"]);
        Chosen(fields, FieldRole.Roles.Points).ShouldBe(["customfield_5"]);
    }

    [Fact]
    public void Where_Jira_has_only_a_name_the_untranslated_one_counts()
    {
        var fields = Catalogue(
            Field(1, "Storypunkte", Float, untranslated: "Story Points"), Field(2, "Markiert", "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes", untranslated: "Flagged"),
            Field(3, "Flagged", "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes", untranslated: "Bandeira"));
        Chosen(fields, FieldRole.Roles.Points).ShouldBe(["customfield_1"]);
        fields.Flagged.ShouldBe(["customfield_2"]);
    }

    [Fact]
    public void Numbers_and_dates_of_add_ons_may_be_mapped_but_are_not_chosen()
    {
        var fields = Catalogue(Field(1, "Size", "com.example:scripted", type: "number"), Field(2, "Go", "com.example:scripted", type: "date"));
        fields.Candidates.Where(c => c.Id != "duedate").Select(c => $"{c.Role} {c.Id} {c.Rank}").ShouldBe(["points customfield_1 -1", "start customfield_2 -1", "finish customfield_2 -1"]);
        fields.Custom.ShouldBe(["customfield_1", "customfield_2"]);
    }

    [Fact]
    public void Of_several_points_fields_of_one_name_none_is_chosen_and_all_are_told()
    {
        var fields = Catalogue(Field(8, "Story Points", Float), Field(9, "story points", Float), Field(7, "Estimate", TeamPoints));
        fields.Ambiguous.ShouldHaveSingleItem().Ids.ShouldBe(["customfield_8", "customfield_9"]);
        Chosen(fields, FieldRole.Roles.Points).ShouldBe(["customfield_7"]);
        fields.Candidates.Count(c => c.Rank == FieldRole.Ambiguous).ShouldBe(2);
    }

    [Fact]
    public void A_field_of_one_team_managed_project_makes_no_other_ambiguous_and_is_left_out_for_the_others()
    {
        var fields = Catalogue(Field(1, "Estimate", TeamPoints), Field(2, "Estimate", TeamPoints, project: "77"), Field(3, "Estimate", TeamPoints, project: "78"));
        fields.Ambiguous.ShouldBeEmpty();
        fields.For(["77"]).Custom.ShouldBe(["customfield_1", "customfield_2"]);
    }

    internal static string Field(int id, string name, string custom, string? untranslated = null, string? type = null, string? project = null) => System.Text.Json.JsonSerializer.Serialize(new
    {
        id = $"customfield_{id}", name, untranslatedName = untranslated ?? name, custom = true, schema = new { type = type ?? "any", custom, customId = id },
        scope = project is null ? null : new { type = "PROJECT", project = new { id = project } },
    });

    private static FieldCatalogue Catalogue(params string[] fields) => FieldCatalogue.Of(JiraAtWork.Json($"[{string.Join(',', fields)}]"));

    private static IEnumerable<string> Chosen(FieldCatalogue fields, string role) => fields.Candidates.Where(c => c.Role == role && c.Rank >= 0).OrderBy(c => c.Rank).Select(c => c.Id);
}
