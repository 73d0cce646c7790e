using System.Security.Cryptography;
using System.Text;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Tests.Sandbox.Jira;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraPublishingTests
{
    private LastWrite? _last;

    [Fact]
    public async Task A_comment_of_the_cloud_sends_one_mail_when_it_is_made_and_none_after()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, "Comment");
        foreach (var text in new[] { "one", "two", "three" })
            await WriteAsync(publisher, anchor, text);
        server.Notifications.Sent.Count.ShouldBe(1);
        (await server.GetAsync($"/rest/api/3/issue/{anchor}/comment")).Array("comments").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_report_on_another_day_writes_nothing()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, "Comment");
        await WriteAsync(publisher, anchor, "same");
        var plan = await PlanAsync(publisher, anchor, Report("same") with { Lines = [new("Status", "same"), new("As of", "another day")] });
        plan.Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task Data_Center_is_not_written_where_mail_is_not_allowed()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var (publisher, anchor) = Place(server, "Comment");
        var plan = await PlanAsync(publisher, anchor, Report("x"), allow: false);
        plan.Outcome.ShouldBe(PlanOutcome.Refused);
        plan.Problem.ShouldNotBeNull().Code.ShouldBe("notifications-not-allowed");
        (await PlanAsync(publisher, anchor, Report("x"))).Quiet.ShouldBe(false);
    }

    [Fact]
    public async Task An_edit_without_the_right_to_silence_it_needs_permission()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, "Comment");
        await WriteAsync(publisher, anchor, "one");
        server.Jira.Switches = new() { BotIsAdministrator = false };
        (await PlanAsync(publisher, anchor, Report("two"), allow: false)).Outcome.ShouldBe(PlanOutcome.Refused);
        (await PlanAsync(publisher, anchor, Report("two"))).Quiet.ShouldBe(false);
    }

    [Theory]
    [InlineData("Comment")]
    [InlineData("Property")]
    public async Task What_a_person_changed_is_left_alone_even_when_nothing_is_remembered(string target)
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, target);
        await WriteAsync(publisher, anchor, "ours");
        await EditAsync(server, anchor, target);
        var edited = await PlanAsync(publisher, anchor, Report("newer"));
        (edited.Outcome, edited.Problem?.Code).ShouldBe((PlanOutcome.Conflict, "edited-by-hand"));
        (await PlanAsync(publisher, anchor, null)).Outcome.ShouldBe(PlanOutcome.Conflict);
        _last = null;
        (await PlanAsync(publisher, anchor, Report("newer"))).Outcome.ShouldBe(PlanOutcome.Conflict);
    }

    [Fact]
    public async Task A_deleted_comment_is_made_again()
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, "Comment");
        await WriteAsync(publisher, anchor, "one");
        await DeleteAsync(server, anchor);
        (await WriteAsync(publisher, anchor, "one")).Outcome.ShouldBe(PlanOutcome.Create);
    }

    [Theory]
    [InlineData("Comment")]
    [InlineData("Property")]
    public async Task What_somebody_decided_to_take_over_is_written_or_taken_back_all_the_same(string target)
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, target);
        await WriteAsync(publisher, anchor, "ours");
        await EditAsync(server, anchor, target);
        var written = await PlanAsync(publisher, anchor, Report("ours"), takesOver: true);
        written.Outcome.ShouldBe(PlanOutcome.Update);
        await ApplyAsync(publisher, written);
        (await PlanAsync(publisher, anchor, Report("ours"))).Outcome.ShouldBe(PlanOutcome.Unchanged);
        await EditAsync(server, anchor, target);
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, null, takesOver: true));
        (await PlanAsync(publisher, anchor, null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task The_comments_of_others_stay()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var (publisher, anchor) = Place(server, "Comment");
        await server.PostAsync($"/rest/api/2/issue/{anchor}/comment", """{"body":"a person's words"}""");
        await WriteAsync(publisher, anchor, "ours");
        var plan = await PlanAsync(publisher, anchor, null);
        await ApplyAsync(publisher, plan);
        (await server.GetAsync($"/rest/api/2/issue/{anchor}/comment")).Array("comments").Select(c => c!["body"]!.ToString()).ShouldBe(["a person's words"]);
    }

    [Theory]
    [InlineData("Comment")]
    [InlineData("Property")]
    public async Task A_write_tells_the_items_version_before_and_after_it(string target)
    {
        await using var server = await JiraServer.CloudAsync();
        var (publisher, anchor) = Place(server, target);
        var plan = await PlanAsync(publisher, anchor, Report("x"));
        var touched = (await publisher.ApplyAsync(plan.Write.ShouldNotBeNull(), TestContext.Current.CancellationToken)).Touched.ShouldNotBeNull();
        touched.Version.ShouldBe(touched.Updated.ToUnixTimeMilliseconds());
        touched.VersionBefore.ShouldBe(JiraTeam.Start.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_property_sends_no_mail_and_a_report_that_is_too_long_is_shortened()
    {
        await using var server = await JiraServer.DataCenterAsync();
        var (publisher, anchor) = Place(server, "Property");
        await WriteAsync(publisher, anchor, "x");
        server.Notifications.Sent.ShouldBeEmpty();
        await WriteAsync(publisher, anchor, new string('x', 40_000));
        _last.ShouldNotBeNull().Written.ShouldNotBeNull().ShouldContain("xxx\\u2026");
    }

    internal static (IPublisher Publisher, string Anchor) Place(JiraServer server, string target)
    {
        var story = new JiraTeam(server).Story();
        var instance = JiraAtWork.Connect(server.Address, server.Clock, ["PAY"], o =>
        {
            if (server.Jira.PathBase.Length > 0)
                o.Auth = new() { Kind = "Bearer", Secret = new(JiraServer.Token) };
        });
        return (instance.Publishers[target], story.Key);
    }

    private async Task<PublicationPlan> WriteAsync(IPublisher publisher, string anchor, string text)
    {
        var plan = await PlanAsync(publisher, anchor, Report(text));
        await ApplyAsync(publisher, plan);
        return plan;
    }

    private async Task ApplyAsync(IPublisher publisher, PublicationPlan plan)
    {
        var result = await publisher.ApplyAsync(plan.Write.ShouldNotBeNull(plan.Problem?.Message), TestContext.Current.CancellationToken);
        result.Problem.ShouldBeNull(result.Problem?.Message);
        _last = plan.Outcome == PlanOutcome.Retract ? null : new(result.RemoteId, "", result.Written, null, IsConfirmed: true);
    }

    private Task<PublicationPlan> PlanAsync(IPublisher publisher, string anchor, StatusReport? report, bool allow = true, bool takesOver = false) =>
        publisher.PlanAsync(new() { Id = "PAY/epic", Anchor = anchor, Report = report, Last = _last, AllowNotifications = allow, TakesOver = takesOver }, TestContext.Current.CancellationToken);

    private async Task EditAsync(JiraServer server, string anchor, string target)
    {
        var path = target == "Comment" ? $"/rest/api/3/issue/{anchor}/comment/{_last?.RemoteId}" : $"/rest/api/3/issue/{anchor}/properties/{_last?.RemoteId}";
        var standing = (await server.GetAsync(path)).Json;
        var body = target == "Comment" ? $$"""{"body":{{standing["body"]!.ToJsonString()}}}""" : standing["value"]!.ToJsonString();
        await server.PutAsync(path, body.Replace("ours", "a person's", StringComparison.Ordinal));
    }

    private Task DeleteAsync(JiraServer server, string anchor) => server.DeleteAsync($"/rest/api/3/issue/{anchor}/comment/{_last?.RemoteId}");

    internal static StatusReport Report(string text) => new()
    {
        Project = "PAY", Title = "Payments", AsOf = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero), Lines = [new("Status", text)],
        Figures = new Dictionary<string, string>(StringComparer.Ordinal), ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
    };
}
