using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraCatalogueTests
{
    private const string Float = "com.atlassian.jira.plugin.system.customfieldtypes:float";
    private const string TeamPoints = "com.pyxis.greenhopper.jira:jsw-story-points";

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Where_nothing_changed_the_catalogue_costs_the_sign_in_and_the_statuses()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("status", _ => Statuses("To Do"));
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_9"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "catalogue");
        var before = jira.Asked("").Count();
        _clock.Advance(TimeSpan.FromDays(40));
        (await instance.ReadAsync(_clock, "catalogue", first.Cursor())).Pages.ShouldBeEmpty();
        jira.Asked("").Skip(before).Select(r => r.PathAndQuery).ShouldBe(["/rest/api/3/myself", "/rest/api/3/field", "/rest/api/3/status"]);
    }

    [Fact]
    public async Task A_status_that_was_renamed_is_told_in_the_next_pass()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("status", _ => Statuses("To Do"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "catalogue");
        jira.On("status", _ => Statuses("Offen"));
        var facts = Facts(instance, await instance.ReadAsync(_clock, "catalogue", first.Cursor()));
        facts.ShouldBe([new StateDefinition("", "", "3", "Offen", State.ToDo)]);
    }

    [Theory]
    [InlineData(ReadDepth.Reconcile)]
    [InlineData(ReadDepth.Everything)]
    public async Task What_leaves_no_trace_is_read_again_when_the_whole_is_reconciled(ReadDepth depth)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_9"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "catalogue");
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_8"));
        var again = await instance.ReadAsync(_clock, "catalogue", depth == ReadDepth.Everything ? null : first.Cursor(), depth);
        Points(instance, again, "A").ShouldContain("customfield_8 0");
        if (depth == ReadDepth.Reconcile)
            Points(instance, again, "A").ShouldContain("customfield_9 -1");
    }

    [Theory]
    [InlineData("field", "timeoriginalestimate", "timeoriginalestimate 0")]
    [InlineData("issueCount", null, "issueCount 0")]
    [InlineData("none", null, "none 0")]
    public async Task A_board_that_does_not_estimate_in_points_leaves_its_project_none(string type, string? field, string told)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation(type, field));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "catalogue");
        Points(instance, reading, "A").ShouldBe([told, "customfield_4 -1"]);
        Points(instance, reading, "").ShouldBe(["customfield_4 20"]);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("Story Points", true)]
    [InlineData("customfield_5", false)]
    public async Task Several_points_fields_of_one_name_are_told_until_the_mapping_decides(string? mapped, bool isTold)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)},{JiraFieldTests.Field(5, "Story Points", Float)}]");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"], o => o.Mapping.Points = mapped);
        var reading = await instance.ReadAsync(_clock, "catalogue");
        Points(instance, reading, "").ShouldBe(["customfield_4 -2", "customfield_5 -2"]);
        reading.Notices.Select(n => n.Code).ShouldBe(isTold ? ["points-field-ambiguous"] : []);
        if (isTold)
            reading.Notices[0].Message.ShouldContain("customfield_4, customfield_5");
        (await instance.ReadAsync(_clock, "catalogue", reading.Cursor())).Notices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("customfield_4", "size", true)]
    [InlineData("customfield_5", "size", false)]
    [InlineData("customfield_5", "Story Points", false)]
    [InlineData("customfield_5", "customfield_6", false)]
    public async Task A_name_in_the_mapping_that_several_fields_bear_is_told_with_their_ids_unless_a_board_uses_one_of_them(string estimation, string mapped, bool isTold)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)},{JiraFieldTests.Field(5, "Size", Float)},{JiraFieldTests.Field(6, "Size", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation("field", estimation));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"], o => o.Mapping.Points = mapped).ReadAsync(_clock, "catalogue");
        reading.Notices.Select(n => (n.Code, n.Message.Contains("customfield_5, customfield_6", StringComparison.Ordinal))).ShouldBe(isTold ? [("points-field-ambiguous", true)] : []);
    }

    [Fact]
    public async Task A_board_that_tells_its_points_field_settles_which_of_several_it_is()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)},{JiraFieldTests.Field(5, "Story Points", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_5"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "catalogue");
        reading.Notices.ShouldBeEmpty();
        Points(instance, reading, "A").ShouldBe(["customfield_5 0", "customfield_4 -1"]);
    }

    [Fact]
    public async Task Where_no_board_may_say_how_its_project_estimates_nothing_is_guessed_and_it_is_told_until_it_may()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => (403, """{"errorMessages":["You may not see how the board is made."]}"""));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var refused = await instance.ReadAsync(_clock, "catalogue");
        Points(instance, refused, "A").ShouldBe(["customfield_4 -2"]);
        var notice = refused.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Message.Contains(" A ", StringComparison.Ordinal)).ShouldBe(("estimation-unreadable", true), notice.Message);
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_4"));
        var allowed = await instance.ReadAsync(_clock, "catalogue", refused.Cursor());
        allowed.Notices.ShouldBeEmpty();
        Points(instance, allowed, "A").ShouldBe(["customfield_4 0"]);
    }

    [Fact]
    public async Task What_a_board_said_before_it_was_refused_goes_on_counting()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)},{JiraFieldTests.Field(5, "Size", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_5"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "catalogue");
        jira.On("board/1/configuration", _ => (403, "{}"));
        var refused = await instance.ReadAsync(_clock, "catalogue", first.Cursor(), ReadDepth.Reconcile);
        Points(instance, refused, "A").ShouldBeEmpty();
        refused.Notices.ShouldHaveSingleItem().Code.ShouldBe("estimation-unreadable");
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_4"));
        Points(instance, await instance.ReadAsync(_clock, "catalogue", refused.Cursor()), "A").ShouldBe(["customfield_4 0", "customfield_5 -1"]);
    }

    [Fact]
    public async Task Where_the_mapping_names_the_points_field_a_board_that_may_not_be_seen_is_nothing_to_tell()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Story Points", Float)}]");
        jira.On("board", _ => Boards);
        jira.On("board/1/configuration", _ => (403, "{}"));
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"], o => o.Mapping.Points = "customfield_4").ReadAsync(_clock, "catalogue")).Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_and_statuses_of_a_team_managed_project_belong_to_it_alone()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Estimate", TeamPoints, project: "77")},{JiraFieldTests.Field(5, "Estimate", TeamPoints, project: "78")}]");
        jira.On("project/A", _ => """{"id":"77","key":"A"}""");
        jira.On("status", _ => """
            [{"id":"3","name":"Doing","statusCategory":{"key":"indeterminate"}},
             {"id":"10077","name":"Doing","statusCategory":{"key":"new"},"scope":{"type":"PROJECT","project":{"id":"77"}}},
             {"id":"10078","name":"Doing","statusCategory":{"key":"done"},"scope":{"type":"PROJECT","project":{"id":"78"}}}]
            """);
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "catalogue");
        Points(instance, reading, "A").ShouldBe(["customfield_4 10"]);
        Points(instance, reading, "").ShouldBeEmpty();
        Facts(instance, reading).OfType<StateDefinition>().Where(s => s.Project == "A").ShouldBe([new("A", "", "10077", "Doing", State.ToDo)]);
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        await instance.ReadAsync(_clock, "issues");
        jira.Asked("search/jql").Single().Body.ShouldContain("customfield_4");
        jira.Asked("search/jql").Single().Body.ShouldNotContain("customfield_5");
    }

    [Fact]
    public async Task Types_that_only_requests_for_incidents_are_made_of_are_incidents_in_their_service_desk()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("field", _ => $"[{JiraFieldTests.Field(4, "Request Type", "com.atlassian.servicedesk:vp-origin")}]");
        jira.On("issuetype", _ => """[{"id":"1","name":"Störung","subtask":false,"hierarchyLevel":0},{"id":"2","name":"Task","subtask":false,"hierarchyLevel":0}]""");
        jira.On("servicedesk", _ => """{"values":[{"id":"5","projectKey":"A"},{"id":"6","projectKey":"Z"}],"isLastPage":true}""");
        jira.On("servicedesk/5/requesttype", _ => """
            {"values":[{"id":"50","issueTypeId":"1","practice":"incidents"},{"id":"51","issueTypeId":"2","practice":"incidents"},{"id":"52","issueTypeId":"2","practice":"service_requests"}],"isLastPage":true}
            """);
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        Facts(instance, await instance.ReadAsync(_clock, "catalogue")).OfType<TypeDefinition>().Where(t => t.Project == "A").ShouldBe(
            [new("A", "1", "Störung", WorkItemKind.Incident), new("A", "2", "Task", WorkItemKind.Task)]);
        jira.Asked("servicedesk/6").ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_of_people_met_are_read_again_when_the_whole_is_reconciled_and_never_before()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1).Replace("\"fields\":{", "\"fields\":{\"assignee\":{\"accountId\":\"a1\",\"displayName\":\"Ada\"},", StringComparison.Ordinal)}}],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        await instance.ReadAsync(_clock, "issues");
        var met = await instance.ReadAsync(_clock, "people");
        jira.On("user/bulk", _ => """{"values":[{"accountId":"a1","displayName":"Ada King"}],"isLast":true}""");
        var later = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        (await later.ReadAsync(_clock, "people", met.Cursor())).Pages.ShouldBeEmpty();
        jira.Asked("user/bulk").ShouldBeEmpty();
        var again = await later.ReadAsync(_clock, "people", met.Cursor(), ReadDepth.Reconcile);
        Facts(later, again).ShouldBe([new PersonFact("a1", "Ada King", null)]);
        jira.Asked("user/bulk?accountId=a1&").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Names_of_people_with_long_ids_are_asked_for_in_addresses_that_every_proxy_takes()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("user/bulk", _ => """{"values":[],"isLast":true}""");
        var accounts = Enumerable.Range(100, 250).Select(i => $"qm:{i}:{new string('f', 110)}").ToList();
        var cursor = $$"""{"accounts":["{{string.Join("\",\"", accounts)}}"]}""";
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "people", cursor, ReadDepth.Reconcile)).Failure.ShouldBeNull();
        var asked = jira.Asked("user/bulk").Select(r => r.PathAndQuery).ToList();
        asked.ShouldAllBe(address => address.Length < 6200);
        asked.Count.ShouldBeLessThan(8);
        accounts.ShouldAllBe(a => asked.Count(address => address.Contains(Uri.EscapeDataString(a), StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task Data_Center_is_asked_for_one_name_after_the_other_so_many_a_night_and_each_has_its_turn()
    {
        const int met = 600, aNight = 500;
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var people = Enumerable.Range(1, met).Select(i => ScriptedJira.Issue(i).Replace("\"fields\":{", $"\"fields\":{{\"assignee\":{{\"key\":\"U{i}\"}},", StringComparison.Ordinal));
        jira.On("search", _ => $$"""{"startAt":0,"maxResults":1000,"total":{{met}},"issues":[{{string.Join(',', people)}}]}""");
        jira.OnQuery("user?key=", query => $$"""{"key":"{{query["?key=".Length..]}}","displayName":"New"}""");
        jira.On("user?key=U600", _ => (404, """{"errorMessages":["No such user."]}"""));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        await instance.ReadAsync(_clock, "issues");
        var cursor = (await instance.ReadAsync(_clock, "people")).Cursor();
        var later = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        (await later.ReadAsync(_clock, "people", cursor)).Pages.ShouldBeEmpty();
        var first = await later.ReadAsync(_clock, "people", cursor, ReadDepth.Reconcile);
        first.Failure.ShouldBeNull();
        first.Records.Count().ShouldBeInRange(aNight - 1, aNight);
        var second = await later.ReadAsync(_clock, "people", first.Cursor(), ReadDepth.Reconcile);
        jira.Asked("user?key=").Count().ShouldBe(2 * aNight);
        Facts(later, first).Concat(Facts(later, second)).OfType<PersonFact>().Select(p => p.AccountId).Distinct().Count().ShouldBe(met - 1);
    }

    [Fact]
    public async Task An_account_that_may_not_see_people_is_refused_once_a_night()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("user?key=", _ => (403, """{"errorMessages":["You may not see people."]}"""));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "people", """{"accounts":["U1","U2","U3"]}""", ReadDepth.Reconcile);
        reading.Failure.ShouldBeNull();
        jira.Asked("user?key=").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Every_pass_tells_which_versions_there_are_so_that_a_deleted_one_can_go()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("project/A/versions", _ => """[{"id":"3","name":"1.0"},{"id":"4","name":"2.0"}]""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var first = await instance.ReadAsync(_clock, "versions");
        Facts(instance, first).OfType<MilestonesOfProject>().ShouldHaveSingleItem().Ids.ShouldBe(["3", "4"]);
        jira.On("project/A/versions", _ => """[{"id":"4","name":"2.0"}]""");
        var left = Facts(instance, await instance.ReadAsync(_clock, "versions", first.Cursor())).OfType<MilestonesOfProject>().ShouldHaveSingleItem();
        left.Project.ShouldBe("A");
        left.Ids.ShouldBe(["4"]);
    }

    [Fact]
    public async Task An_answer_that_is_no_list_of_versions_is_a_failure_and_does_not_say_that_there_are_none()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("project/A/versions", _ => "{}");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "versions");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        reading.Records.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A", "customfield_9 0", null)]
    [InlineData("Z", "customfield_9 0", "customfield_9 0")]
    [InlineData(null, "customfield_9 0", "customfield_9 0")]
    public async Task A_board_counts_for_its_own_project_where_that_is_ours_and_else_for_those_without_one_of_their_own(string? home, string ofA, string? ofB)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => $$"""{"values":[{"id":1,"name":"One","type":"scrum" {{Home(home)}} }],"isLast":true}""");
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_9"));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A", "B"]);
        var reading = await instance.ReadAsync(_clock, "catalogue");
        Points(instance, reading, "A").ShouldBe([ofA]);
        Points(instance, reading, "B").ShouldBe(ofB is null ? [] : [ofB]);
        Points(instance, reading, "Z").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_board_of_another_home_says_nothing_of_a_project_that_has_a_board_of_its_own()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => $$"""{"values":[{"id":1,"name":"Theirs","type":"scrum" {{Home("Z")}} },{"id":2,"name":"Ours","type":"scrum" {{Home("A")}} }],"isLast":true}""");
        jira.On("board/1/configuration", _ => Estimation("field", "customfield_8"));
        jira.On("board/2/configuration", _ => Estimation("field", "customfield_9"));
        jira.On("board/1/sprint", _ => """{"values":[{"id":7,"state":"active","originBoardId":1}],"isLast":true}""");
        jira.On("board/2/sprint", _ => """{"values":[],"isLast":true}""");
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        Points(instance, await instance.ReadAsync(_clock, "catalogue"), "A").ShouldBe(["customfield_9 0"]);
        Facts(instance, await instance.ReadAsync(_clock, "sprints")).OfType<SprintFact>().ShouldHaveSingleItem().Project.ShouldBe("Z");
    }

    private static string Home(string? project) => project is null ? "" : $$"""
        ,"location":{"projectKey":"{{project}}"}
        """;

    private const string Boards = """{"values":[{"id":1,"name":"One","type":"scrum","location":{"projectKey":"A"}}],"isLast":true}""";

    private static string Statuses(string name) => $$$"""[{"id":"3","name":"{{{name}}}","statusCategory":{"key":"new"}}]""";

    private static string Estimation(string type, string? field) =>
        $$$"""{"estimation":{"type":"{{{type}}}"{{{(field is null ? "" : $$""","field":{"fieldId":"{{field}}","displayName":"Size"}""")}}}}}""";

    private static List<Fact> Facts(ConnectorInstance instance, Reading reading)
    {
        reading.Failure.ShouldBeNull();
        return [.. reading.Records.SelectMany(r => instance.Normaliser.Normalise(r).Facts)];
    }

    private static IEnumerable<string> Points(ConnectorInstance instance, Reading reading, string project) =>
        Facts(instance, reading).OfType<FieldRole>().Where(r => r.Project == project && r.Role == FieldRole.Roles.Points).Select(r => $"{r.FieldId} {r.Rank}");
}
