using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Testing.Http;
using static TsPmo.Plugins.Tests.Connectors.AzureDevOps.Organisation;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

public sealed class CommentPublisherTests
{
    [Fact]
    public async Task Without_permission_to_notify_nothing_is_written()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        publication.AllowNotifications = false;
        var plan = await publication.PlanAsync(Report("-4 days"));
        (plan.Outcome, plan.Quiet, plan.Problem!.Code).ShouldBe((PlanOutcome.Refused, false, "loud-target"));
        plan.Problem.Remedy.ShouldContain("AllowNotifications");
        (await CommentsAsync(server, id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_comment_is_kept_current_and_taken_away_again()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await server.PostAsync($"/Web/_apis/wit/workItems/{id}/comments?format=markdown&{AzureDevOpsServer.Preview}", """{"text":"A person's"}""");
        var first = await publication.WriteAsync(Report("-4 days"));
        var second = await publication.WriteAsync(Report("-5 *days* #7 <b>"));
        second.RemoteId.ShouldBe(first.RemoteId);
        var texts = await CommentsAsync(server, id);
        texts.Count.ShouldBe(2);
        texts[0].ShouldContain(@"-5 \*days\* \#7 \<b\>");
        second.Touched!.Version.ShouldBe(first.Touched!.Version + 1);
        await publication.WriteAsync(null);
        (await CommentsAsync(server, id)).ShouldBe(["A person's"]);
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task The_same_report_is_not_written_again_even_when_its_freshness_differs()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (_, publication) = Place(server);
        await publication.WriteAsync(Report("-4 days"));
        var fresher = Report("-4 days") with { Lines = [.. Report("-4 days").Lines, new StatusLine("As of", "today")] };
        (await publication.PlanAsync(fresher)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Theory]
    [InlineData(AzureDevOpsEdition.Server2022)]
    [InlineData(AzureDevOpsEdition.Server2020)]
    [InlineData(AzureDevOpsEdition.Server2019)]
    public async Task A_server_on_premises_is_written_in_HTML_in_the_version_that_it_offers(AzureDevOpsEdition edition)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync(switches: new() { Edition = edition });
        var (id, publication) = Place(server);
        await publication.WriteAsync(Report("-4 days"));
        await publication.WriteAsync(Report("-5 days <b> & more"));
        publication.Last = null;
        (await publication.PlanAsync(Report("-5 days <b> & more"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
        server.StandIn.Switches = new();
        (await CommentsAsync(server, id)).ShouldHaveSingleItem().ShouldContain("<li>Schedule variance: -5 days &lt;b&gt; &amp; more</li>");
    }

    [Fact]
    public async Task An_edited_comment_of_ours_is_a_conflict()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var comment = (await publication.WriteAsync(Report("-4 days"))).RemoteId;
        await server.SendAsync(HttpMethod.Patch, $"/Web/_apis/wit/workItems/{id}/comments/{comment}?format=markdown&{AzureDevOpsServer.Preview}", """{"text":"Changed"}""");
        (await publication.PlanAsync(Report("-5 days"))).Outcome.ShouldBe(PlanOutcome.Conflict);
    }

    [Fact]
    public async Task A_comment_that_a_person_edited_is_neither_taken_away_nor_overwritten_even_without_a_ledger()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        var written = await publication.WriteAsync(Report("-4 days"));
        var edit = new JsonObject { ["text"] = written.Written!.Replace("-4 days", "-3 days", StringComparison.Ordinal) };
        await server.SendAsync(HttpMethod.Patch, $"/Web/_apis/wit/workItems/{id}/comments/{written.RemoteId}?format=markdown&{AzureDevOpsServer.Preview}", edit.ToJsonString());
        foreach (var last in new[] { publication.Last, null })
        {
            publication.Last = last;
            foreach (var report in new[] { null, Report("-4 days"), Report("-5 days") })
            {
                var plan = await publication.PlanAsync(report);
                (plan.Outcome, plan.Problem?.Code, plan.Write).ShouldBe((PlanOutcome.Conflict, "edited-by-a-person", null));
            }
        }
    }

    [Theory]
    [InlineData("Comment")]
    [InlineData("Fields")]
    public async Task What_somebody_decided_to_take_over_is_written_and_taken_back_all_the_same(string target)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        var publication = new Publication(new Organisation(server.Address, AzureDevOpsServer.Token, "Web").Publisher(target), id);
        var written = await publication.WriteAsync(Report("-4 days"));
        await EditAsync(server, id, target, written.RemoteId);
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Conflict);
        publication.TakesOver = true;
        await publication.WriteAsync(Report("-4 days"));
        publication.TakesOver = false;
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
        await EditAsync(server, id, target, written.RemoteId);
        publication.TakesOver = true;
        await publication.WriteAsync(null);
        (await CommentsAsync(server, id)).ShouldBeEmpty();
        ((string?)(await server.GetAsync($"/_apis/wit/workitems/{id}?{AzureDevOpsServer.Version}"))["fields"]!["Custom.PmoStatus"]).ShouldBeNull();
    }

    private static Task<TestAnswer> EditAsync(AzureDevOpsServer server, string id, string target, string? remoteId) => target == "Comment"
        ? server.SendAsync(HttpMethod.Patch, $"/Web/_apis/wit/workItems/{id}/comments/{remoteId}?format=markdown&{AzureDevOpsServer.Preview}", """{"text":"Theirs"}""")
        : server.PatchAsync(id, """[{"op":"add","path":"/fields/Custom.PmoStatus","value":"Theirs"}]""");

    [Fact]
    public async Task A_comment_of_somebody_else_that_bears_our_marker_is_not_ours()
    {
        const string theirs = "Theirs\n\n`tspmo:PAY/status:0123`";
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Response.WriteAsJsonAsync<object>(context.Request.Path.Value! switch
        {
            "/_apis/connectionData" => new { authenticatedUser = new { id = "me" } },
            var p when p.EndsWith("/comments", StringComparison.Ordinal) => new { comments = new[] { new { id = 5, text = theirs, createdBy = new { id = "somebody" } } } },
            _ => new { id = 7, rev = 1, fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["System.TeamProject"] = "Web" } },
        }));
        var publication = new Publication(new Organisation(server.Address.AbsoluteUri, "token", "Web").Publisher("Comment"), "7");
        (await publication.PlanAsync(null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Create);
    }

    [Fact]
    public async Task A_comment_whose_answer_was_lost_is_found_by_its_marker()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await publication.ApplyAsync(await publication.BeginAsync(Report("-4 days")));
        var plan = await publication.PlanAsync(Report("-4 days"));
        plan.Outcome.ShouldBe(PlanOutcome.Unchanged);
        publication.Confirm(plan);
        await publication.WriteAsync(Report("-5 days"));
        (await CommentsAsync(server, id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_publications_on_one_item_do_not_take_each_other_for_theirs()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (id, publication) = Place(server);
        await server.PostAsync($"/Web/_apis/wit/workItems/{id}/comments?format=markdown&{AzureDevOpsServer.Preview}", """{"text":"Other\n\n`tspmo:PAY/status2:0123`"}""");
        (await publication.PlanAsync(Report("-4 days"))).Outcome.ShouldBe(PlanOutcome.Create);
    }

    private static (string Id, Publication Publication) Place(AzureDevOpsServer server)
    {
        var id = server.Story(0);
        return (id, new Publication(new Organisation(server.Address, AzureDevOpsServer.Token, "Web").Publisher("Comment"), id));
    }

    private static async Task<IReadOnlyList<string>> CommentsAsync(AzureDevOpsServer server, string id) =>
        [.. (await server.GetAsync($"/Web/_apis/wit/workItems/{id}/comments?{AzureDevOpsServer.Preview}"))["comments"]!.AsArray().Select(c => (string)((JsonObject)c!)["text"]!)];
}
