using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Publishing.Fields;
using TsPmo.Plugins.Tests.Sandbox.Jira;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraFieldsPublisherTests
{
    private const string Health = "customfield_10401";
    private const string Variance = "customfield_10402";
    private const string Long = "customfield_10403";

    private LastWrite? _last;

    public static TheoryData<bool> Editions => [true, false];

    [Theory, MemberData(nameof(Editions))]
    public async Task Fields_are_written_by_what_they_can_hold_and_nobody_is_mailed(bool isCloud)
    {
        await using var server = await StartAsync(isCloud);
        var (publisher, anchor) = Place(server);
        var points = isCloud ? "customfield_10016" : "customfield_10106";
        await WriteAsync(publisher, anchor, new()
        {
            ["PMO Status"] = new("amber", IsFigure: true),
            [Variance] = new("-4.5 days\n(behind)"),
            [Long] = new("One {x} *b*\n[~mia]"),
            [points] = new("4.50", 4.5m, IsFigure: true),
            ["duedate"] = new("1 May", Date: new(2026, 5, 1), IsFigure: true),
        });
        var fields = await FieldsAsync(server, anchor);
        ((string?)fields[Health]!["value"], (string?)fields[Variance], (double?)fields[points], (string?)fields["duedate"]).ShouldBe(("Amber", "-4.5 days (behind)", 4.5, "2026-05-01"));
        (isCloud ? (string?)fields[Long]!["content"]![1]!["content"]![0]!["text"] : ((string?)fields[Long])!.Split('\n')[1]).ShouldBe("[~mia]");
        server.Notifications.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_figure_that_has_no_number_empties_the_field_and_a_text_is_refused_there()
    {
        await using var server = await StartAsync(isCloud: true);
        var (publisher, anchor) = Place(server);
        await WriteAsync(publisher, anchor, new() { ["Story point estimate"] = new("3", 3, IsFigure: true) });
        await WriteAsync(publisher, anchor, new() { ["Story point estimate"] = new("not measurable", IsFigure: true) });
        (await FieldsAsync(server, anchor))["customfield_10016"].ShouldBeNull();
        var plan = await PlanAsync(publisher, anchor, new() { ["Story point estimate"] = new("3 points", 3) });
        (plan.Outcome, plan.Problem?.Code).ShouldBe((PlanOutcome.Refused, "field-not-a-figure"));
    }

    [Theory]
    [InlineData("PMO Status", "Purple", "field-value-not-allowed", "Green, Amber, Red")]
    [InlineData("Nope", "x", "field-not-editable", "'Nope'")]
    [InlineData("Epic Link", "x", "field-not-editable", "'Epic Link'")]
    [InlineData("labels", "x", "field-type-unsupported", "array of string")]
    public async Task What_a_field_cannot_hold_is_refused_with_a_remedy(string field, string text, string code, string named)
    {
        await using var server = await StartAsync(isCloud: true);
        var (publisher, anchor) = Place(server);
        var plan = await PlanAsync(publisher, anchor, new() { [field] = new(text, IsFigure: true) });
        (plan.Outcome, plan.Problem?.Code).ShouldBe((PlanOutcome.Refused, code));
        plan.Problem.ShouldNotBeNull().Message.ShouldContain(named);
        plan.Problem.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void Of_several_fields_of_one_name_none_is_guessed()
    {
        using var meta = JsonDocument.Parse("""
            {"fields":{"customfield_2":{"name":"PMO","schema":{"type":"string"},"operations":["set"]},"customfield_1":{"name":"pmo","schema":{"type":"string"},"operations":["set"]}}}
            """);
        var fields = new EditableFields("PAY-1", isCloud: true, meta.RootElement);
        var (_, problem) = fields.Fill(new Dictionary<string, FieldContent>(StringComparer.Ordinal) { ["PMO"] = new("x") });
        problem.ShouldNotBeNull().Code.ShouldBe("field-ambiguous");
        problem.Message.ShouldContain("customfield_1, customfield_2");
        fields.Fill(new Dictionary<string, FieldContent>(StringComparer.Ordinal) { ["customfield_1"] = new("x") }).Problem.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Editions))]
    public async Task Taking_back_restores_what_stood_there_and_leaves_what_a_person_wrote(bool isCloud)
    {
        await using var server = await StartAsync(isCloud);
        var (publisher, anchor) = Place(server);
        await EditAsync(server, anchor, Health, new JsonObject { ["value"] = "Green" });
        await WriteAsync(publisher, anchor, Status("Amber", "-4 days"));
        await WriteAsync(publisher, anchor, Status("Red", "-5 days"));
        await EditAsync(server, anchor, Variance, "A person's");
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, null));
        var fields = await FieldsAsync(server, anchor);
        ((string?)fields[Health]!["value"], (string?)fields[Variance]).ShouldBe(("Green", "A person's"));
        (await PlanAsync(publisher, anchor, null)).Outcome.ShouldBe(PlanOutcome.Unchanged);
    }

    [Fact]
    public async Task What_a_person_wrote_over_ours_is_a_conflict_until_somebody_decides_to_take_over()
    {
        await using var server = await StartAsync(isCloud: true);
        var (publisher, anchor) = Place(server);
        await WriteAsync(publisher, anchor, Status("Amber", "-4 days"));
        await EditAsync(server, anchor, Variance, "A person's");
        var plan = await PlanAsync(publisher, anchor, Status("Amber", "-5 days"));
        (plan.Outcome, plan.Problem?.Code).ShouldBe((PlanOutcome.Conflict, "edited-by-a-person"));
        plan.Standing.ShouldNotBeNull().ShouldContain("A person's");
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, Status("Amber", "-5 days"), takesOver: true));
        ((string?)(await FieldsAsync(server, anchor))[Variance]).ShouldBe("-5 days");
    }

    [Theory, MemberData(nameof(Editions))]
    public async Task Without_the_right_to_silence_it_an_edit_needs_permission_and_is_called_loud(bool isCloud)
    {
        await using var server = await StartAsync(isCloud);
        var (publisher, anchor) = Place(server);
        server.Jira.Switches = new() { BotIsAdministrator = false };
        (await PlanAsync(publisher, anchor, Status("Amber", "x"), allow: false)).Problem.ShouldNotBeNull().Code.ShouldBe("notifications-not-allowed");
        var plan = await PlanAsync(publisher, anchor, Status("Amber", "x"));
        plan.Quiet.ShouldBe(false);
        await ApplyAsync(publisher, plan);
        server.Notifications.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_between_plan_and_write_is_not_overwritten()
    {
        await using var server = await StartAsync(isCloud: true);
        var (publisher, anchor) = Place(server);
        var plan = await PlanAsync(publisher, anchor, Status("Amber", "-4 days"));
        await EditAsync(server, anchor, Variance, "A person's");
        var result = await publisher.ApplyAsync(plan.Write.ShouldNotBeNull(), TestContext.Current.CancellationToken);
        (result.Problem?.Code, result.Problem?.Retryable).ShouldBe(("changed-meanwhile", true));
        ((string?)(await FieldsAsync(server, anchor))[Variance]).ShouldBe("A person's");
    }

    private static Dictionary<string, FieldContent> Status(string health, string variance) => new() { [Health] = new(health), [Variance] = new(variance) };

    private static Task<JiraServer> StartAsync(bool isCloud) => isCloud ? JiraServer.CloudAsync() : JiraServer.DataCenterAsync();

    private static (IPublisher Publisher, string Anchor) Place(JiraServer server) => JiraPublishingTests.Place(server, "Fields");

    private async Task WriteAsync(IPublisher publisher, string anchor, Dictionary<string, FieldContent> fields) =>
        await ApplyAsync(publisher, await PlanAsync(publisher, anchor, fields));

    private Task<PublicationPlan> PlanAsync(IPublisher publisher, string anchor, Dictionary<string, FieldContent>? fields, bool allow = true, bool takesOver = false) => publisher.PlanAsync(
        new()
        {
            Id = "PAY/epic", Anchor = anchor, Last = _last, AllowNotifications = allow, TakesOver = takesOver,
            Report = fields is null ? null : JiraPublishingTests.Report("x") with { Fields = fields },
        },
        TestContext.Current.CancellationToken);

    private async Task ApplyAsync(IPublisher publisher, PublicationPlan plan)
    {
        var write = plan.Write.ShouldNotBeNull(plan.Problem?.Message ?? plan.Outcome.ToString());
        var result = await publisher.ApplyAsync(write, TestContext.Current.CancellationToken);
        result.Problem.ShouldBeNull(result.Problem?.Message);
        _last = write.Kind == PlanOutcome.Retract ? null : new(result.RemoteId, "", result.Written, _last is null ? write.Before : _last.Before, IsConfirmed: true);
    }

    private static Task<Answer> EditAsync(JiraServer server, string anchor, string field, JsonNode value) =>
        server.PutAsync(Issue(server, anchor) + "?notifyUsers=false", new JsonObject { ["fields"] = new JsonObject { [field] = value } }.ToJsonString());

    private static async Task<JsonNode> FieldsAsync(JiraServer server, string anchor) => (await server.GetAsync(Issue(server, anchor))).Json["fields"]!;

    private static string Issue(JiraServer server, string anchor) => $"/rest/api/{(server.Jira.PathBase.Length > 0 ? 2 : 3)}/issue/{anchor}";
}
