using System.Text.Json.Nodes;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using static TsPmo.Plugins.Tests.Connectors.AzureDevOps.Organisation;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class HyperlinkPublisherTests
{
    private const string Theirs = """[{"op":"add","path":"/relations/-","value":{"rel":"Hyperlink","url":"https://else.example/"}}]""";

    [Fact]
    public async Task One_link_is_kept_current_mails_nobody_and_is_taken_away_again()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await server.PatchAsync(id, Theirs, "&suppressNotifications=true");
        var first = await publication.WriteAsync(Linked("-4 days"));
        var second = await publication.WriteAsync(Linked("-5 days"));
        (second.RemoteId, second.Touched!.Version).ShouldBe((first.RemoteId, first.Touched!.Version + 1));
        var links = await LinksAsync(server, id);
        links.Count.ShouldBe(2);
        ((string?)links[1]!["url"]).ShouldBe("https://pmo.example/#PAY");
        ((string)links[1]!["attributes"]!["comment"]!).ShouldStartWith("Payments: Schedule variance: -5 days");
        server.Notifications.Sent.ShouldBeEmpty();
        await publication.WriteAsync(null);
        ((string?)(await LinksAsync(server, id)).ShouldHaveSingleItem()!["url"]).ShouldBe("https://else.example/");
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task A_new_address_of_the_console_takes_the_place_of_the_old_one_in_one_revision()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteAsync(Linked("-4 days"));
        await publication.WriteAsync(Linked("-4 days") with { Link = new("https://moved.example/#PAY") });
        ((string?)(await LinksAsync(server, id)).ShouldHaveSingleItem()!["url"]).ShouldBe("https://moved.example/#PAY");
        ((long)(await ItemAsync(server, id))["rev"]!).ShouldBe(3);
    }

    [Fact]
    public async Task What_a_person_made_of_the_link_is_a_conflict_until_somebody_decides_to_take_over()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.WriteAsync(Linked("-4 days"));
        await server.PatchAsync(id, """[{"op":"add","path":"/relations/0/attributes/comment","value":"Mine"}]""");
        foreach (var report in new[] { null, Linked("-4 days"), Linked("-5 days") })
            (await publication.PlanAsync(report)).Outcome.ShouldBe(PlanOutcome.Conflict);
        publication.TakesOver = true;
        await publication.WriteAsync(Linked("-4 days"));
        publication.TakesOver = false;
        (await publication.PlanAsync(Linked("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task The_link_that_moved_to_another_place_meanwhile_is_the_one_that_is_removed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await server.PatchAsync(id, Theirs);
        await publication.WriteAsync(Linked("-4 days"));
        var write = await publication.BeginAsync(null);
        await server.PatchAsync(id, """[{"op":"remove","path":"/relations/0"}]""");
        await server.PatchAsync(id, Theirs);
        (await publication.ApplyAsync(write)).Problem.ShouldBeNull();
        ((string?)(await LinksAsync(server, id)).ShouldHaveSingleItem()!["url"]).ShouldBe("https://else.example/");
    }

    [Fact]
    public async Task A_link_whose_answer_was_lost_is_found_and_the_same_write_adds_no_second()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var write = await publication.BeginAsync(Linked("-4 days"));
        await publication.ApplyAsync(write);
        (await publication.ApplyAsync(write)).Problem.ShouldBeNull();
        (await LinksAsync(server, id)).Count.ShouldBe(1);
        (await publication.PlanAsync(Linked("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task Without_an_address_of_the_console_it_is_refused_with_what_to_set()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var plan = await Place(server).Publication.PlanAsync(Report("-4 days"));
        (plan.Outcome, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, "no-console-address"));
        plan.Problem.Remedy.ShouldContain("Console:PublicUrl");
    }

    [Theory]
    [InlineData("Hyperlink")]
    [InlineData("Fields")]
    public async Task Without_the_right_to_suppress_mails_a_change_needs_permission_and_is_called_loud(string target)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new() { MaySuppressNotifications = false });
        var (_, publication) = Place(server, target);
        publication.AllowNotifications = false;
        var refused = await publication.PlanAsync(Linked("-4 days"));
        (refused.Outcome, refused.Quiet, refused.Problem!.Code).ShouldBe((PlanOutcome.Refused, false, "loud-target"));
        publication.AllowNotifications = true;
        (await publication.PlanAsync(Linked("-4 days"))).Quiet.ShouldBe(false);
        await publication.WriteAsync(Linked("-4 days"));
        server.Notifications.Sent.Count.ShouldBe(1);
    }

    private static StatusReport Linked(string variance) => Report(variance) with { Link = new("https://pmo.example/#PAY") };

    private static (string Id, Publication Publication) Place(AzureDevOpsServer server, string target = "Hyperlink")
    {
        var id = server.Story(0);
        return (id, new Publication(new Organisation(server.Address, AzureDevOpsServer.Token, "Web").Publisher(target), id));
    }

    private static Task<JsonNode> ItemAsync(AzureDevOpsServer server, string id) => server.GetAsync($"/_apis/wit/workitems/{id}?$expand=relations&{AzureDevOpsServer.Version}");

    private static async Task<JsonArray> LinksAsync(AzureDevOpsServer server, string id) => (await ItemAsync(server, id))["relations"]?.AsArray() ?? [];
}
