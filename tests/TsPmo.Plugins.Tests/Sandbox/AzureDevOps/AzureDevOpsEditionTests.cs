using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

/// <summary>How the releases on premises differ from the service, and what any of them may do to its readers.</summary>
public sealed class AzureDevOpsEditionTests
{
    private const string Collection = "/tfs/DefaultCollection";

    [Theory]
    [InlineData(AzureDevOpsEdition.Services, "7.1", "7.2-preview.1")]
    [InlineData(AzureDevOpsEdition.Server2022, "7.0", "7.1")]
    [InlineData(AzureDevOpsEdition.Server2020, "6.0", "7.0")]
    [InlineData(AzureDevOpsEdition.Server2019, "5.1", "6.0-preview.1")]
    public async Task An_edition_answers_up_to_its_own_version(AzureDevOpsEdition edition, string highest, string next)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(pathBase: Collection, switches: new AzureDevOpsSwitches { Edition = edition });
        (await server.SendAsync(HttpMethod.Get, $"/_apis/projects?api-version={highest}")).Status.ShouldBe(200);
        var refused = await server.SendAsync(HttpMethod.Get, $"/_apis/projects?api-version={next}");
        (refused.Status, refused.TypeKey).ShouldBe(edition == AzureDevOpsEdition.Services ? (200, null) : (400, "VssVersionOutOfRangeException"));
        var location = (await server.SendAsync(HttpMethod.Options, "/_apis/core")).Values[0].ShouldNotBeNull();
        ((string?)location["releasedVersion"]).ShouldBe(highest);
    }

    [Theory]
    [InlineData("7.1", "teamMembers")]
    [InlineData("6.0", "value")]
    public async Task Capacities_are_a_list_to_those_who_speak_an_older_version(string version, string member)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var sprint = server.StandIn.AddSprint(new SprintSpec("Web", "Sprint 1", null, "active", AzureDevOpsServer.At(-540), AzureDevOpsServer.At(-540).AddDays(11), Teams: ["Red"]));
        server.StandIn.SetCapacity(new CapacitySpec("Web", "Red", sprint, [new CapacityRow(server.Ann, [("Development", 6)], [])], []));

        var answer = await server.GetAsync($"/Web/Red/_apis/work/teamsettings/iterations/{sprint}/capacities?api-version={version}");
        answer[member].ShouldNotBeNull().AsArray().Single()!["activities"]![0]!["capacityPerDay"]!.GetValue<double>().ShouldBe(6);
    }

    [Fact]
    public async Task An_older_server_lists_no_states_in_types_and_keeps_comments_as_html()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(pathBase: Collection, switches: new AzureDevOpsSwitches { Edition = AzureDevOpsEdition.Server2020 });
        var id = server.Story(0);
        (await server.GetAsync("/Web/_apis/wit/workitemtypes/Bug?api-version=6.0"))["states"].ShouldBeNull();
        (await server.GetAsync("/Web/_apis/wit/workitemtypes/Bug/states?api-version=6.0"))["value"]!.AsArray().ShouldNotBeEmpty();

        var comment = await server.PostAsync($"/Web/_apis/wit/workItems/{id}/comments?format=markdown&api-version=6.0-preview.3", """{"text":"**bold**"}""");
        (comment.Status, comment.Json["format"]?.ToString(), (string?)comment.Json["renderedText"]).ShouldBe((200, null, "**bold**"));
        var patch = await server.SendAsync(HttpMethod.Patch, $"/Web/_apis/wit/workitems/{id}?api-version=6.0",
            """[{"op":"add","path":"/multilineFieldsFormat/System.Description","value":"Markdown"},{"op":"add","path":"/fields/System.Description","value":"x"}]""", "application/json-patch+json");
        patch.Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_query_that_finds_too_much_is_an_error_unless_it_asks_for_less()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new AzureDevOpsSwitches { MostRows = 2 });
        for (var story = 0; story < 3; story++)
            server.Story(story);

        var refused = await server.PostAsync("/_apis/wit/wiql?api-version=7.1", """{"query":"SELECT [System.Id] FROM WorkItems"}""");
        (refused.Status, refused.Body.Contains("VS402337", StringComparison.Ordinal)).ShouldBe((400, true));
        (await server.QueryAsync("[System.Id] > 0", "&$top=2")).Count.ShouldBe(2);
        (await server.QueryAsync("[System.Id] > 1")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_feed_may_repeat_itself_without_its_token_going_back()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new AzureDevOpsSwitches { RepeatsRevisions = true });
        for (var story = 0; story < 6; story++)
            server.Story(story);

        const string feed = "/_apis/wit/reporting/workitemrevisions?$maxPageSize=3&api-version=7.1";
        var first = await server.GetAsync(feed);
        first["values"]!.AsArray().Select(r => (int)r!["id"]!).ShouldBe([1, 2, 3]);
        var second = await server.GetAsync($"{feed}&continuationToken={first["continuationToken"]}");
        second["values"]!.AsArray().Select(r => (int)r!["id"]!).ShouldBe([3, 4, 5, 5, 6]);
        ((string?)second["continuationToken"], (bool?)second["isLastBatch"]).ShouldBe(("6;6;1", true));
        (await server.GetAsync($"{feed}&continuationToken=6;6;1"))["values"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_feed_that_finds_nothing_since_an_instant_goes_on_from_its_end()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        var token = (string?)(await server.GetAsync("/_apis/wit/reporting/workitemrevisions?startDateTime=2027-01-01&api-version=7.1"))["continuationToken"];
        server.Story(1);

        (await server.GetAsync($"/_apis/wit/reporting/workitemrevisions?continuationToken={token}&api-version=7.1"))["values"]!.AsArray().Select(r => (int)r!["id"]!).ShouldBe([2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task People_are_objects_or_text(bool text)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new AzureDevOpsSwitches { IdentitiesAsText = text });
        var id = server.Story(0);
        var author = (await server.GetAsync($"/_apis/wit/workitems/{id}?api-version=7.1"))["fields"]!["System.ChangedBy"]!;
        (text ? author.ToString() : author["uniqueName"]!.ToString()).ShouldBe(text ? "Ann Archer <ann@example.com>" : "ann@example.com");
    }
}
