using System.Text.Json.Nodes;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.Jira;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraRemoteLinkTests
{
    private LastWrite? _last;

    [Fact]
    public async Task One_link_is_kept_current_mails_nobody_and_is_taken_away_again()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = JiraPublishingTests.Place(server, "RemoteLink");
        await server.PostAsync($"/rest/api/3/issue/{anchor}/remotelink", """{"object":{"url":"https://else.example","title":"Theirs"}}""");
        await WriteAsync(publisher, anchor, Report("one"));
        await WriteAsync(publisher, anchor, Report("two"));
        var link = (await LinksAsync(server, anchor))[1]!;
        ((string?)link["globalId"], (string?)link["object"]!["title"], (string?)link["object"]!["summary"], (string?)link["object"]!["url"])
            .ShouldBe(("tspmo:PAY/epic", "Payments", "Status: two", "https://pmo.example/#PAY"));
        server.Notifications.Sent.ShouldBeEmpty();
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, null));
        (await LinksAsync(server, anchor)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_address_of_the_console_it_is_refused_with_what_to_set()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = JiraPublishingTests.Place(server, "RemoteLink");
        var plan = await PlanAsync(publisher, anchor, JiraPublishingTests.Report("one"));
        (plan.Outcome, plan.Problem?.Code).ShouldBe((PlanOutcome.Refused, "no-console-address"));
        plan.Problem.ShouldNotBeNull().Remedy.ShouldContain("Console:PublicUrl");
    }

    [Fact]
    public async Task What_a_person_made_of_the_link_is_a_conflict_until_somebody_decides_to_take_over()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var (publisher, anchor) = JiraPublishingTests.Place(server, "RemoteLink");
        await WriteAsync(publisher, anchor, Report("one"));
        await server.PostAsync($"/rest/api/2/issue/{anchor}/remotelink", """{"globalId":"tspmo:PAY/epic","object":{"url":"https://pmo.example/#PAY","title":"Mine"}}""");
        _last = null;
        foreach (var report in new[] { Report("one"), Report("two"), null })
            (await PlanAsync(publisher, anchor, report)).Outcome.ShouldBe(PlanOutcome.Conflict);
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, Report("one"), takesOver: true));
        (await PlanAsync(publisher, anchor, Report("one"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task A_new_address_of_the_console_is_written_although_nothing_else_changed()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = JiraPublishingTests.Place(server, "RemoteLink");
        await WriteAsync(publisher, anchor, Report("one"));
        (await PlanAsync(publisher, anchor, Report("one") with { Link = new("https://moved.example/#PAY") })).Outcome.ShouldBe(PlanOutcome.Update);
    }

    private static StatusReport Report(string text) => JiraPublishingTests.Report(text) with { Link = new("https://pmo.example/#PAY") };

    private async Task WriteAsync(IPublisher publisher, string anchor, StatusReport report) => await ApplyAsync(publisher, await PlanAsync(publisher, anchor, report));

    private Task<PublicationPlan> PlanAsync(IPublisher publisher, string anchor, StatusReport? report, bool takesOver = false) =>
        publisher.PlanAsync(new() { Id = "PAY/epic", Anchor = anchor, Report = report, Last = _last, TakesOver = takesOver }, TestContext.Current.CancellationToken);

    private async Task ApplyAsync(IPublisher publisher, PublicationPlan plan)
    {
        var result = await publisher.ApplyAsync(plan.Write.ShouldNotBeNull(plan.Problem?.Message ?? plan.Outcome.ToString()), TestContext.Current.CancellationToken);
        result.Problem.ShouldBeNull(result.Problem?.Message);
        _last = plan.Outcome == PlanOutcome.Retract ? null : new(result.RemoteId, "", result.Written, null, IsConfirmed: true);
    }

    private static async Task<JsonArray> LinksAsync(JiraServer server, string anchor) =>
        (await server.GetAsync($"/rest/api/3/issue/{anchor}/remotelink")).Json.AsArray();
}
