using System.Text.Json.Nodes;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;
using static TsPmo.Plugins.Tests.Connectors.AzureDevOps.Organisation;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class FieldsPublisherTests
{
    private const string Status = "Custom.PmoStatus";
    private const string Variance = "Custom.PmoScheduleVariance";

    [Fact]
    public async Task All_fields_are_one_revision_and_nobody_is_mailed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var result = await publication.WriteAsync(Report("-4 days"));
        var item = await ItemAsync(server, id);
        ((string?)item["fields"]![Status], (string?)item["fields"]![Variance]).ShouldBe(("Amber", "-4 days"));
        ((long)item["rev"]!).ShouldBe(2);
        server.Notifications.Sent.ShouldBeEmpty();
        var touched = result.Touched.ShouldNotBeNull();
        (touched.ItemId, touched.Version, touched.VersionBefore).ShouldBe((id, 2, 1));
        touched.Updated.ToString("o").ShouldStartWith(((string)item["fields"]!["System.ChangedDate"]!)[..19]);
    }

    [Fact]
    public async Task What_a_person_wrote_over_ours_stays_and_is_a_conflict_until_it_is_put_back()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteAsync(Report("-4 days"));
        await PatchAsync(server, id, Status, "Mine");
        var plan = await publication.PlanAsync(Report("-5 days"));
        (plan.Outcome, plan.Write, plan.Problem!.Code).ShouldBe((PlanOutcome.Conflict, null, "edited-by-a-person"));
        await PatchAsync(server, id, Status, "Amber");
        (await publication.PlanAsync(Report("-5 days"))).Outcome.ShouldBe(PlanOutcome.Update);
    }

    [Fact]
    public async Task Taking_back_restores_what_stood_there_and_leaves_what_a_person_wrote()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await PatchAsync(server, id, Status, "Before");
        await publication.WriteAsync(Report("-4 days"));
        await publication.WriteAsync(Report("-5 days", "Red"));
        await PatchAsync(server, id, Variance, "A person's");
        await publication.WriteAsync(null);
        var fields = (await ItemAsync(server, id))["fields"]!;
        ((string?)fields[Status], (string?)fields[Variance]).ShouldBe(("Before", "A person's"));
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task A_field_that_joins_later_is_restored_too_and_one_that_leaves_is_restored_at_once()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await PatchAsync(server, id, Variance, "Before");
        var both = publication.Fields;
        publication.Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [Status] = both[Status] };
        await publication.WriteAsync(Report("-4 days"));
        publication.Fields = both;
        await publication.WriteAsync(Report("-4 days"));
        ((string?)(await ItemAsync(server, id))["fields"]![Variance]).ShouldBe("-4 days");
        publication.Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [Variance] = both[Variance] };
        await publication.WriteAsync(Report("-4 days"));
        (await ItemAsync(server, id))["fields"]![Status].ShouldBeNull();
        await publication.WriteAsync(null);
        ((string?)(await ItemAsync(server, id))["fields"]![Variance]).ShouldBe("Before");
    }

    [Fact]
    public async Task An_item_that_changed_elsewhere_since_the_plan_is_written_all_the_same()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var write = await publication.BeginAsync(Report("-4 days"));
        await PatchAsync(server, id, "System.Title", "Another title");
        (await publication.ApplyAsync(write)).Problem.ShouldBeNull();
        ((string?)(await ItemAsync(server, id))["fields"]![Variance]).ShouldBe("-4 days");
    }

    [Fact]
    public async Task A_field_that_a_person_wrote_since_the_plan_is_not_written_over()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var write = await publication.BeginAsync(Report("-4 days"));
        await PatchAsync(server, id, Variance, "A person's");
        var result = await publication.ApplyAsync(write);
        (result.Problem!.Code, result.IsUncertain).ShouldBe(("changed-meanwhile", false));
        ((string?)(await ItemAsync(server, id))["fields"]![Variance]).ShouldBe("A person's");
    }

    [Fact]
    public async Task The_same_write_sent_twice_is_done_once()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var write = await publication.BeginAsync(Report("-4 days"));
        await publication.ApplyAsync(write);
        var again = await publication.ApplyAsync(write);
        again.Problem.ShouldBeNull();
        ((long)(await ItemAsync(server, id))["rev"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_first_write_whose_answer_was_lost_is_found_and_can_be_taken_back()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await PatchAsync(server, id, Status, "Before");
        await publication.ApplyAsync(await publication.BeginAsync(Report("-4 days")));
        var plan = await publication.PlanAsync(Report("-4 days"));
        plan.Outcome.ShouldBe(PlanOutcome.Unchanged);
        publication.Confirm(plan);
        await publication.WriteAsync(Report("-5 days"));
        await publication.WriteAsync(null);
        ((string?)(await ItemAsync(server, id))["fields"]![Status]).ShouldBe("Before");
    }

    [Fact]
    public async Task A_later_write_whose_answer_was_lost_is_no_conflict()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (_, publication) = Place(server);
        await publication.WriteAsync(Report("-4 days"));
        await publication.ApplyAsync(await publication.BeginAsync(Report("-5 days")));
        publication.Confirm(await publication.PlanAsync(Report("-5 days")));
        (await publication.PlanAsync(Report("-6 days"))).Outcome.ShouldBe(PlanOutcome.Update);
    }

    [Fact]
    public async Task Unknown_fields_are_named_and_nothing_is_written()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (_, publication) = Place(server);
        publication.Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Custom.Nope"] = "{rag.overall}" };
        var plan = await publication.PlanAsync(Report("-4 days"));
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, "field-unknown"));
        plan.Problem.Message.ShouldContain("Custom.Nope");
    }

    [Fact]
    public async Task A_number_or_date_is_the_same_however_the_tracker_spells_it()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (_, publication) = Place(server);
        publication.Fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Microsoft.VSTS.Scheduling.StoryPoints"] = "5.50",
            ["Microsoft.VSTS.Scheduling.DueDate"] = "2026-05-01",
        };
        await publication.WriteAsync(Report("-4 days"));
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task Fields_take_what_their_type_can_hold()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteFieldsAsync(new()
        {
            ["Microsoft.VSTS.Common.BusinessValue"] = new("2.5 points", -2.5m, IsFigure: true),
            ["Effort"] = new("4.123456789123", 4.123456789123m, IsFigure: true),
            ["Microsoft.VSTS.Scheduling.DueDate"] = new("1 May", Date: new(2026, 5, 1), IsFigure: true),
            ["System.Description"] = new("Late <b>\n& more"),
            [Status] = new("one\ntwo " + new string('x', 300)),
        });
        var fields = (await ItemAsync(server, id))["fields"]!;
        ((double)fields["Microsoft.VSTS.Common.BusinessValue"]!, (double)fields["Microsoft.VSTS.Scheduling.Effort"]!).ShouldBe((-3, 4.123456789));
        ((string)fields["Microsoft.VSTS.Scheduling.DueDate"]!).ShouldStartWith("2026-05-01T00:00:00");
        ((string?)fields["System.Description"]).ShouldBe("Late &lt;b&gt;<br>&amp; more");
        var status = (string)fields[Status]!;
        (status.Length, status[..8], status[^1]).ShouldBe((255, "one two ", '…'));
    }

    [Fact]
    public async Task A_figure_without_a_value_empties_a_field_of_numbers_and_words_are_refused_there()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteFieldsAsync(new() { ["Effort"] = new("4", 4, IsFigure: true) });
        await publication.WriteFieldsAsync(new() { ["Effort"] = new("not measurable", IsFigure: true) });
        (await ItemAsync(server, id))["fields"]!["Microsoft.VSTS.Scheduling.Effort"].ShouldBeNull();
        var plan = await publication.PlanFieldsAsync(new() { ["Effort"] = new("4 points", 4) });
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, "field-not-a-figure"));
    }

    [Theory]
    [InlineData("System.AreaPath", "treePath")]
    [InlineData("System.AssignedTo", "identity")]
    [InlineData("System.IsDeleted", "boolean")]
    public async Task A_field_that_holds_no_status_is_refused_with_its_type(string field, string type)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (_, publication) = Place(server);
        var plan = await publication.PlanFieldsAsync(new() { [field] = new("x", IsFigure: true) });
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, "field-type-unsupported"));
        plan.Problem.Message.ShouldContain($"'{type}'");
    }

    [Fact]
    public async Task A_rule_that_would_refuse_the_write_refuses_the_plan_in_its_own_words()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var plan = await publication.PlanFieldsAsync(new() { ["System.State"] = new("Amber") });
        (plan.Outcome, plan.Write, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, null, "rule-violated"));
        plan.Problem.Message.ShouldContain("TF401320");
        ((long)(await ItemAsync(server, id))["rev"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_item_has_nothing_to_take_back()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteAsync(Report("-4 days"));
        server.StandIn.DeleteItem(server.Clock.GetUtcNow(), server.Ann, id);
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    private static (string Id, Publication Publication) Place(AzureDevOpsServer server)
    {
        var id = server.Story(0);
        return (id, new Publication(new Organisation(server.Address, AzureDevOpsServer.Token, "Web").Publisher("Fields"), id));
    }

    private static Task<JsonNode> ItemAsync(AzureDevOpsServer server, string id) => server.GetAsync($"/Web/_apis/wit/workitems/{id}?{AzureDevOpsServer.Version}");

    private static async Task PatchAsync(AzureDevOpsServer server, string id, string field, string value)
    {
        var body = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = $"/fields/{field}", ["value"] = value });
        (await server.PatchAsync(id, body.ToJsonString(), "&suppressNotifications=true")).Status.ShouldBe(200);
    }
}
