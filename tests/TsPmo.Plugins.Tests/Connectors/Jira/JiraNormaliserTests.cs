using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Model.Facts;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Normalising;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraNormaliserTests
{
    private readonly JiraNormaliser _normaliser = new();

    [Fact]
    public void An_issue_of_the_cloud_becomes_an_item_with_its_raw_values()
    {
        var item = Facts<WorkItemFact>("cloud-issue").Single();
        (item.Id, item.Key, item.Title, item.Url).ShouldBe(("501", "WEB-9", "Checkout keeps the basket", "https://jira.example/browse/WEB-9"));
        item.Created.ShouldBe(new DateTimeOffset(2026, 3, 1, 8, 0, 0, 125, TimeSpan.Zero));
        item.Version.ShouldBe(item.Updated.ToUnixTimeMilliseconds());
        item.Reporter.ShouldBe("b2");
        item.IsRestricted.ShouldBeTrue();
        item.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value.Text?.Replace('\n', '+')}").ShouldBe(
        [
            "assignee=a1", "blocked=true", "components=Cart", "estimateHours=8", "field:customfield_4=5", "field:customfield_6=2026-03-02", "field:duedate=2026-03-20", "formerKeys=PAY-3",
            "labels=alpha+zeta", "milestones=31", "parent=400", "priority=High", "project=WEB", "remainingHours=1.5", "resolution=Done", "sprints=71+72", "status=Erledigt", "type=Story",
        ]);
        item.Values[RawFields.Status].Id.ShouldBe("7");
    }

    [Fact]
    public void Histories_become_deltas_in_order_with_whole_lists_on_both_sides()
    {
        var events = Facts<WorkItemEvent>("cloud-issue");
        events.Select(e => e.EventId).ShouldBe([1001L, 1002, 1003]);
        events.ShouldAllBe(e => !e.IsSnapshot && e.ItemId == "501");
        Said(events[0]).ShouldBe(
            ["estimateHours:4>8", "field:customfield_4:3>5", "milestones:30>31", "sprints:71>71+72"]);
        Said(events[1]).ShouldBe(["blocked:>true", "labels:>alpha+zeta", "parent:>400", "project:PAY>WEB"]);
        Said(events[2]).ShouldBe(["resolution:>Done", "status:In Arbeit>Erledigt"]);
        events[2].At.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1773073800000));
        events[1].Author.ShouldBeNull();
    }

    [Fact]
    public void Links_are_read_in_the_direction_of_their_kind()
    {
        var links = Facts<LinkSet>("cloud-issue");
        links.Single(l => l.Group == "issue").Links.ShouldBe(
        [
            new("link/901", LinkKind.Blocks, IsOutward: true, "502", null),
            new("link/902", LinkKind.CausedBy, IsOutward: true, "503", null),
            new("link/903", LinkKind.Relates, IsOutward: false, "504", null),
        ]);
        links.Single(l => l.Group == "remote").Links.ShouldBe([new("remote/501/5", LinkKind.Relates, IsOutward: true, null, "https://dev.example/acme/_workitems/edit/77")]);
    }

    [Fact]
    public void An_issue_of_Data_Center_is_read_by_names_keys_and_printed_sprints()
    {
        var item = Facts<WorkItemFact>("data-center-issue").Single();
        item.Values[RawFields.Sprints].AsList().ShouldBe(["44", "45"]);
        item.Values[RawFields.Parent].Text.ShouldBe("20001");
        item.Values[RawFields.Assignee].Text.ShouldBe("JIRAUSER10100");
        Said(Facts<WorkItemEvent>("data-center-issue").Single()).ShouldBe(
            ["assignee:>JIRAUSER10100", "field:customfield_106:>8", "field:customfield_115:>2026-02-03", "parent:20002>20001"]);
    }

    [Fact]
    public void The_order_of_histories_and_their_repetition_change_nothing()
    {
        var recording = Recording.Issue("cloud-issue");
        var body = JsonNode.Parse(recording.Body.GetRawText())!;
        var histories = body["histories"]!.AsArray().Select(h => h!.DeepClone()).ToList();
        body["histories"] = new JsonArray([.. Enumerable.Reverse(histories), .. histories.Select(h => h.DeepClone())]);
        var mixed = _normaliser.Normalise(recording with { Body = JsonSerializer.SerializeToElement(body) }).Facts.OfType<WorkItemEvent>();
        mixed.Select(e => string.Join(' ', Said(e))).ShouldBe(Facts<WorkItemEvent>("cloud-issue").Select(e => string.Join(' ', Said(e))));
    }

    [Fact]
    public void A_broken_entry_is_told_and_the_rest_is_read()
    {
        var recording = Recording.Issue("cloud-issue");
        var body = JsonNode.Parse(recording.Body.GetRawText())!;
        body["histories"]![0]!["created"] = "yesterday";
        var normalised = _normaliser.Normalise(recording with { Body = JsonSerializer.SerializeToElement(body) });
        normalised.Problem.ShouldNotBeNull().Code.ShouldBe("record-not-understood");
        normalised.Facts.OfType<WorkItemEvent>().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"id":"1","name":"Zu tun","statusCategory":{"key":"new"}}""", State.ToDo)]
    [InlineData("""{"id":"1","name":"?","statusCategory":{"key":"undefined"}}""", State.ToDo)]
    [InlineData("""{"id":"1","name":"Done","statusCategory":{"key":"indeterminate"}}""", State.InProgress)]
    [InlineData("""{"id":"1","name":"In Arbeit","statusCategory":{"key":"done"}}""", State.Done)]
    public void A_status_means_what_its_category_says_whatever_its_name(string status, State state) =>
        Fact<StateDefinition>(RecordKinds.Status, status).State.ShouldBe(state);

    [Theory]
    [InlineData("""{"id":"1","name":"Unteraufgabe","subtask":true}""", WorkItemKind.Subtask)]
    [InlineData("""{"id":"1","name":"Initiative","subtask":false,"hierarchyLevel":2}""", WorkItemKind.Epic)]
    [InlineData("""{"id":"1","name":"Epic","subtask":false}""", WorkItemKind.Epic)]
    [InlineData("""{"id":"1","name":"story","subtask":false,"hierarchyLevel":0}""", WorkItemKind.Story)]
    [InlineData("""{"id":"1","name":"[System] Incident","subtask":false,"hierarchyLevel":0}""", WorkItemKind.Incident)]
    [InlineData("""{"id":"1","name":"Spike","subtask":false,"hierarchyLevel":0}""", WorkItemKind.Other)]
    public void A_type_goes_by_level_and_then_by_name(string type, WorkItemKind kind) =>
        Fact<TypeDefinition>(RecordKinds.Type, type).Kind.ShouldBe(kind);

    [Fact]
    public void A_released_version_has_one_date_and_an_open_one_is_not_released()
    {
        Fact<MilestoneFact>(RecordKinds.Version, """{"project":"WEB","version":{"id":"3","name":"2.0","startDate":"2026-01-01","releaseDate":"2026-03-01","released":true}}""")
            .ShouldBe(new("3", "WEB", "2.0", new(2026, 1, 1), new(2026, 3, 1), Released: true, new(2026, 3, 1)));
        Fact<MilestoneFact>(RecordKinds.Version, """{"project":"WEB","version":{"id":"4","name":"3.0","releaseDate":"2026-06-01","released":false}}""").ReleasedAt.ShouldBeNull();
    }

    [Fact]
    public void A_sprint_starts_when_it_was_really_started_where_that_is_told()
    {
        var sprint = Fact<SprintFact>(RecordKinds.Sprint, """
            {"board":"Team","project":"WEB","sprint":{"id":7,"name":"S7","state":"closed","goal":" ","startDate":"2026-03-02T08:00:00.000Z",
             "activatedDate":"2026-03-02T09:03:00.000+01:00","endDate":"2026-03-16T08:00:00.000Z","completeDate":"2026-03-16T09:00:00.000Z"}}
            """);
        (sprint.Id, sprint.BoardOrTeam, sprint.Goal, sprint.State).ShouldBe(("7", "Team", null, SprintState.Closed));
        sprint.Start.ShouldBe(new DateTimeOffset(2026, 3, 2, 8, 3, 0, TimeSpan.Zero));
        sprint.Completed.ShouldBe(new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_points_field_of_a_project_is_its_boards_estimation_field_where_it_holds_numbers()
    {
        const string Body = """{"project":"WEB","estimations":[{"type":"field","field":{"fieldId":"customfield_9","displayName":"Size"}}],"candidates":[]}""";
        Facts(RecordKinds.Estimation, Body).ShouldBe([new FieldRole("WEB", "points", "customfield_9", "Size", 0)]);
    }

    [Fact]
    public void A_worklog_counts_hours_and_an_e_mail_is_told_in_lower_case()
    {
        Fact<TimeEntryFact>(RecordKinds.Worklog, """{"id":"8","issueId":"501","author":{"key":"JIRAUSER1"},"started":"2026-03-02T08:00:00.000+0100","updated":"2026-03-02T09:00:00.000+0100","timeSpentSeconds":5400}""")
            .ShouldBe(new("8", 1772438400000, "501", "JIRAUSER1", new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), 1.5m));
        Fact<PersonFact>(RecordKinds.Person, """{"accountId":"a1","displayName":"Ada","emailAddress":"Ada@Example.COM"}""").ShouldBe(new("a1", "Ada", "ada@example.com"));
        Fact<PersonFact>(RecordKinds.Person, """{"accountId":"a1","displayName":"Ada"}""").Email.ShouldBeNull();
    }

    private List<T> Facts<T>(string recording) => [.. _normaliser.Normalise(Recording.Issue(recording)).Facts.OfType<T>()];

    private IReadOnlyList<Fact> Facts(string kind, string body) => _normaliser.Normalise(Recording.Of(kind, body)).Facts;

    private T Fact<T>(string kind, string body)
        where T : Fact => Facts(kind, body).ShouldHaveSingleItem().ShouldBeOfType<T>();

    private static List<string> Said(WorkItemEvent entry) =>
        [.. entry.Values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}:{v.Value.From.Text?.Replace('\n', '+')}>{v.Value.To.Text?.Replace('\n', '+')}")];
}
