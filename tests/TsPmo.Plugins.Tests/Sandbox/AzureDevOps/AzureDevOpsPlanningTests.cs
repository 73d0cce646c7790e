using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsPlanningTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_finish_day_still_belongs_to_the_iteration()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = Sprint(server, "Sprint 1", Monday, Monday.AddDays(2));
        Sprint(server, "Someday", null, null);
        server.Clock.SetNow(Monday.AddDays(2).AddHours(23));
        var rows = (await server.GetAsync("/Web/Red/_apis/work/teamsettings/iterations?api-version=7.1"))["value"]!.AsArray();
        rows[0]!["attributes"]!.ToJsonString().ShouldBe("""{"startDate":"2026-03-30T00:00:00Z","finishDate":"2026-04-01T00:00:00Z","timeFrame":"current"}""");
        rows[1]!["attributes"]!.ToJsonString().ShouldBe("""{"startDate":null,"finishDate":null,"timeFrame":"future"}""");
        ((string?)rows[0]!["id"]).ShouldBe(id);
        server.Clock.SetNow(Monday.AddDays(3));
        (await server.GetAsync("/Web/Red/_apis/work/teamsettings/iterations?$timeframe=current&api-version=7.1"))["value"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("iterations")]
    [InlineData("1")]
    public async Task Iteration_dates_stand_on_the_nodes_of_the_tree(string structure)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = Sprint(server, "Sprint 1", Monday, Monday.AddDays(11));
        Sprint(server, "Someday", null, null);
        var tree = await server.GetAsync($"/Web/_apis/wit/classificationnodes/{structure}?$depth=10&api-version=7.1");
        ((string?)tree["path"]).ShouldBe(@"\Web\Iteration");
        var node = tree["children"]![0]!;
        ((string?)node["identifier"], (string?)node["path"], (string?)node["attributes"]!["finishDate"]).ShouldBe((id, @"\Web\Iteration\Sprint 1", "2026-04-10T00:00:00Z"));
        tree["children"]![1]!.AsObject().ContainsKey("attributes").ShouldBeFalse();
    }

    [Fact]
    public async Task An_item_is_in_one_iteration_or_at_the_root()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var sprint = Sprint(server, "Sprint 1", Monday, Monday.AddDays(11));
        var id = server.Story(0, with: s => s with { Sprints = [sprint], Team = "Red" });
        ((string?)(await Fields(server, id))["System.IterationPath"]).ShouldBe(@"Web\Sprint 1");
        var members = await server.GetAsync($"/Web/Red/_apis/work/teamsettings/iterations/{sprint}/workitems?api-version=7.1");
        members["workItemRelations"]![0]!.ToJsonString().ShouldStartWith("""{"rel":null,"source":null,"target":{"id":1,""");
        server.Change(1, id, ItemField.Sprints, Array.Empty<string>());
        ((string?)(await Fields(server, id))["System.IterationPath"]).ShouldBe("Web");
    }

    [Fact]
    public async Task Capacities_are_an_object_with_totals()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var sprint = Sprint(server, "Sprint 1", Monday, Monday.AddDays(11));
        DateRange day = new(new(2026, 4, 1), new(2026, 4, 2));
        server.StandIn.SetCapacity(new CapacitySpec("Web", "Red", sprint, [new CapacityRow(server.Ann, [("Design", 2), ("Development", 4)], [day])], [new(new(2026, 4, 3), new(2026, 4, 3))]));
        var path = $"/Web/Red/_apis/work/teamsettings/iterations/{sprint}";
        var capacity = await server.GetAsync(path + "/capacities?api-version=7.1");
        ((double?)capacity["totalCapacityPerDay"], (int?)capacity["totalDaysOff"]).ShouldBe((6.0, 3));
        ((string?)capacity["teamMembers"]![0]!["teamMember"]!["uniqueName"], (string?)capacity["teamMembers"]![0]!["daysOff"]![0]!["end"]).ShouldBe(("ann@example.com", "2026-04-02T00:00:00Z"));
        ((string?)(await server.GetAsync(path + "/teamdaysoff?api-version=7.1"))["daysOff"]![0]!["start"]).ShouldBe("2026-04-03T00:00:00Z");
        var all = await server.GetAsync($"/Web/_apis/work/iterations/{sprint}/iterationcapacities?api-version=7.1");
        ((double?)all["totalIterationCapacityPerDay"]).ShouldBe(6);
    }

    [Theory]
    [InlineData("Agile", "User Story", "Microsoft.VSTS.Scheduling.StoryPoints")]
    [InlineData("Scrum", "Product Backlog Item", "Microsoft.VSTS.Scheduling.Effort")]
    [InlineData("Basic", "Issue", "Microsoft.VSTS.Scheduling.Effort")]
    [InlineData("CMMI", "Requirement", "Microsoft.VSTS.Scheduling.Size")]
    public async Task Each_process_has_its_own_types_and_field_for_effort(string process, string type, string field)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(process);
        var configuration = await server.GetAsync("/Web/_apis/work/processconfiguration?api-version=7.1");
        ((string?)configuration["typeFields"]!["Effort"]!["referenceName"]).ShouldBe(field);
        ((string?)configuration["requirementBacklog"]!["workItemTypes"]![0]!["name"]).ShouldBe(type);
        var states = (await server.GetAsync($"/Web/_apis/wit/workitemtypes/{Uri.EscapeDataString(type)}/states?api-version=7.1"))["value"]!.AsArray();
        var id = server.StandIn.CreateItem(AzureDevOpsServer.At(0), server.Ann, new ItemSpec("Web", type, "x", (string)states[0]!["name"]!) { Points = 8, Blocked = true }).Id;
        var fields = await Fields(server, id);
        ((double?)fields[field]).ShouldBe(8);
        ((string?)fields[process == "CMMI" ? "Microsoft.VSTS.CMMI.Blocked" : "System.Tags"]).ShouldBe(process == "CMMI" ? "Yes" : "Blocked");
    }

    [Fact]
    public async Task Custom_states_have_a_category_and_the_rest_of_the_template_stays()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        TypeSpec story = new("User Story", "Story", [new("Idea", TruthState.ToDo), new("Doing", TruthState.InProgress), new("Resolved", TruthState.InProgress), new("Shipped", TruthState.Done), new("Dropped", TruthState.Removed)]);
        server.StandIn.AddProject(new ProjectSpec("Web", "Web", "Scrum", [story], "Agile"));
        var states = (await server.GetAsync("/Web/_apis/wit/workitemtypes/User Story/states?api-version=7.1"))["value"]!.AsArray();
        states.Select(s => (string?)s!["category"]).ShouldBe(["Proposed", "InProgress", "Resolved", "Completed", "Removed"]);
        (await server.SendAsync(HttpMethod.Get, "/Web/_apis/wit/workitemtypes/Task?api-version=7.1")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Epic", "Microsoft.VSTS.Scheduling.TargetDate")]
    [InlineData("Task", "Microsoft.VSTS.Scheduling.FinishDate")]
    [InlineData("User Story", "Microsoft.VSTS.Scheduling.DueDate")]
    public async Task Planned_dates_stand_where_the_type_keeps_them(string type, string field)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.CreateItem(AzureDevOpsServer.At(0), server.Ann, new ItemSpec("Web", type, "x", "New") { PlannedStart = new(2026, 4, 1), PlannedFinish = new(2026, 4, 30) });
        var fields = await Fields(server, "1");
        ((string?)fields["Microsoft.VSTS.Scheduling.StartDate"], (string?)fields[field]).ShouldBe(("2026-04-01T00:00:00Z", "2026-04-30T00:00:00Z"));
        server.Change(1, "1", ItemField.Type, "Epic");
        ((string?)(await Fields(server, "1"))["Microsoft.VSTS.Scheduling.TargetDate"]).ShouldBe("2026-04-30T00:00:00Z");
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Fields(AzureDevOpsServer server, string id) =>
        (await server.GetAsync($"/_apis/wit/workitems/{id}?api-version=7.1"))["fields"]!;

    private static string Sprint(AzureDevOpsServer server, string name, DateTimeOffset? start, DateTimeOffset? end) =>
        server.StandIn.AddSprint(new SprintSpec("Web", name, null, "future", start, end, Teams: ["Red"]));
}
