using System.Globalization;
using System.Text.Json;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraGuardTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_page_token_that_comes_twice_ends_the_reading_as_a_failure()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"nextPageToken":"again","isLast":false}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        jira.Asked("search/jql").Count().ShouldBe(1 + 4);
    }

    [Fact]
    public async Task A_page_of_the_cloud_that_is_delivered_twice_is_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        var asked = 0;
        jira.On("search/jql", body => (body.TryGetProperty("nextPageToken", out _), ++asked) switch
        {
            (false, _) or (_, 2 or 3) => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"nextPageToken":"two"}""",
            _ => $$"""{"issues":[{{ScriptedJira.Issue(2)}}],"isLast":true}""",
        });
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        reading.Issues().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_page_of_Data_Center_that_is_delivered_twice_is_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var asked = 0;
        jira.On("search", body =>
        {
            var start = ++asked == 2 ? 0 : body.GetProperty("startAt").GetInt32();
            return $$"""{"startAt":{{start}},"maxResults":7,"total":14,"issues":[{{string.Join(',', Enumerable.Range(1, 14).Skip(start).Take(7).Select(i => ScriptedJira.Issue(i)))}}]}""";
        });
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        reading.Issues().ShouldBe(Enumerable.Range(1, 14).Select(i => $"{i}"));
        jira.Asked("/search").Count(r => r.Body.Contains("\"startAt\":6", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_page_of_a_list_that_is_delivered_twice_is_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var asked = 0;
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"}],"isLast":true}""");
        jira.OnQuery("board/1/sprint", query => Sprints(++asked is 2 or 3 ? 0 : StartAt(query)));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["1", "2", "3", "4", "5", "6"]);
        jira.Asked("board/1/sprint").Count(r => r.PathAndQuery.Contains("startAt=2&", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task A_list_that_stays_at_a_page_that_was_not_asked_for_is_a_failure_and_not_a_short_list()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("board", _ => """{"values":[{"id":1,"name":"One","type":"scrum"}],"isLast":true}""");
        jira.OnQuery("board/1/sprint", _ => Sprints(0));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        jira.Asked("board/1/sprint").Count().ShouldBe(1 + 4);
    }

    [Fact]
    public async Task A_page_of_names_that_is_delivered_twice_is_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => $$"""{"issues":[{{string.Join(',', Enumerable.Range(1, 6).Select(AssignedIssue))}}],"isLast":true}""");
        var asked = 0;
        jira.OnQuery("user/bulk", query => People(++asked == 2 ? 0 : StartAt(query)));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        await instance.ReadAsync(_clock, "issues");
        var met = await instance.ReadAsync(_clock, "people");
        var named = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "people", met.Cursor(), TsPmo.Model.Contracts.ReadDepth.Reconcile);
        named.Failure.ShouldBeNull();
        named.Records.Select(r => r.Id).ShouldBe(["a1", "a2", "a3", "a4", "a5", "a6"]);
    }

    [Fact]
    public async Task An_empty_page_that_promises_more_is_a_failure_and_not_the_end()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => """{"issues":[],"nextPageToken":"more"}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Empty_pages_of_the_cloud_are_followed_while_they_lead_on()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", body => Token(body) switch
        {
            null => """{"issues":[],"nextPageToken":"1"}""",
            "3" => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"isLast":true}""",
            var token => $$"""{"issues":[],"nextPageToken":"{{int.Parse(token, CultureInfo.InvariantCulture) + 1}}"}""",
        });
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        reading.Issues().ShouldBe(["1"]);
        jira.Asked("search/jql").Count().ShouldBe(4);
    }

    [Fact]
    public async Task Empty_pages_of_the_cloud_that_lead_on_for_ever_are_a_failure()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", body => $$"""{"issues":[],"nextPageToken":"{{Token(body)}}x"}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        jira.Asked("search/jql").Count().ShouldBe(50 + 4);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task A_kept_page_token_that_has_expired_begins_the_run_anew(int refusal)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        var isExpired = false;
        jira.On("search/jql", body =>
        {
            var token = Token(body);
            if (token is not null && isExpired)
                return (refusal, """{"errorMessages":["The provided next page token is invalid or has expired."]}""");
            return token is null
                ? (200, $$"""{"issues":[{{string.Join(',', Enumerable.Range(1, 501).Select(i => ScriptedJira.Issue(i)))}}],"nextPageToken":"two"}""")
                : (500, "{}");
        });
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var broken = await instance.ReadAsync(_clock, "issues");
        broken.Failure.ShouldNotBeNull();
        broken.Issues().Count.ShouldBe(501);
        isExpired = true;
        jira.On("search/jql", body => body.TryGetProperty("nextPageToken", out _)
            ? (refusal, """{"errorMessages":["The provided next page token is invalid or has expired."]}""")
            : (200, $$"""{"issues":[{{ScriptedJira.Issue(502)}}],"isLast":true}"""));
        var rest = await instance.ReadAsync(_clock, "issues", broken.Cursor());
        rest.Failure.ShouldBeNull();
        rest.Issues().ShouldBe(["502"]);
    }

    [Fact]
    public async Task Histories_split_over_pages_and_repeated_are_put_together()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", body => body.TryGetProperty("nextPageToken", out _)
            ? """{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"8","created":1},{"id":"9","created":2}]}]}"""
            : """{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"7","created":0}]},{"issueId":"1","changeHistories":[{"id":"8","created":1}]}],"nextPageToken":"more"}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        var record = reading.Records.Single(r => r.Kind == "issue");
        record.Body.GetProperty("histories").EnumerateArray().Select(h => h.GetProperty("id").GetString()).ShouldBe(["7", "8", "9"]);
    }

    [Fact]
    public async Task Issues_that_move_up_while_pages_are_read_are_not_lost()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var all = Enumerable.Range(1, 120).ToList();
        var pages = 0;
        jira.On("search", body =>
        {
            // Forty issues of the first page vanish from the result after it was read.
            if (++pages == 2)
                all.RemoveRange(0, 40);
            var start = body.GetProperty("startAt").GetInt32();
            return $$"""{"startAt":{{start}},"maxResults":50,"total":{{all.Count}},"issues":[{{string.Join(',', all.Skip(start).Take(50).Select(i => ScriptedJira.Issue(i)))}}]}""";
        });
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Issues().Distinct().Select(int.Parse).Order().ShouldBe(Enumerable.Range(1, 120));
    }

    [Fact]
    public async Task Issues_that_move_up_while_reading_is_interrupted_are_not_lost()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        var all = Enumerable.Range(1, 300).ToList();
        var isBroken = true;
        jira.On("search", body =>
        {
            var start = body.GetProperty("startAt").GetInt32();
            return isBroken && start > 50
                ? (500, "{}")
                : (200, $$"""{"startAt":{{start}},"maxResults":50,"total":{{all.Count}},"issues":[{{string.Join(',', all.Skip(start).Take(50).Select(i => ScriptedJira.Issue(i)))}}]}""");
        });
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var broken = await instance.ReadAsync(_clock, "issues");
        broken.Failure.ShouldNotBeNull();
        broken.Issues().Count.ShouldBe(99);
        // Eighty issues that were read vanish from the result before reading goes on.
        all.RemoveRange(0, 80);
        isBroken = false;
        var rest = await instance.ReadAsync(_clock, "issues", broken.Cursor());
        broken.Issues().Concat(rest.Issues()).Distinct().Select(int.Parse).Order().ShouldBe(Enumerable.Range(1, 300));
    }

    [Fact]
    public async Task The_echoed_page_size_is_the_one_that_counts()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: false);
        jira.On("search", body =>
        {
            var start = body.GetProperty("startAt").GetInt32();
            return $$"""{"startAt":{{start}},"maxResults":7,"total":30,"issues":[{{string.Join(',', Enumerable.Range(1, 30).Skip(start).Take(7).Select(i => ScriptedJira.Issue(i)))}}]}""";
        });
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Issues().ShouldBe(Enumerable.Range(1, 30).Select(i => $"{i}"));
    }

    [Fact]
    public async Task An_answer_of_another_shape_is_a_failure_and_never_thrown()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => """{"unexpected":true}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_although_the_server_answers_is_an_authentication_failure()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("myself", _ => "{}");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
    }

    [Fact]
    public async Task Refused_boards_are_told_and_not_taken_for_none()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("board", _ => (403, "{}"));
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "sprints")).Notices.ShouldHaveSingleItem().Code.ShouldBe("boards-unavailable");
    }

    [Fact]
    public async Task An_address_without_a_Jira_names_the_key_to_correct()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("serverInfo", _ => (404, "{}"));
        var failure = (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "catalogue")).Failure.ShouldNotBeNull();
        failure.Remedy.ShouldContain("TsPmo:Connectors:acme:BaseUrl");
    }

    private static string? Token(JsonElement body) => body.TryGetProperty("nextPageToken", out var token) ? token.GetString() : null;

    private static int StartAt(string query) => int.Parse(query.Split("startAt=")[1].Split('&')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static string Sprints(int start) => Page(start, i => $$"""{"id":{{i}},"state":"closed","originBoardId":1}""");

    private static string People(int start) => Page(start, i => $$"""{"accountId":"a{{i}}","displayName":"Person {{i}}"}""");

    /// <summary>Two of six values.</summary>
    private static string Page(int start, Func<int, string> value) =>
        $$"""{"startAt":{{start}},"maxResults":2,"total":6,"values":[{{string.Join(',', Enumerable.Range(1, 6).Skip(start).Take(2).Select(value))}}]}""";

    private static string AssignedIssue(int id) =>
        ScriptedJira.Issue(id).Replace("\"fields\":{", $$$"""
            "fields":{"assignee":{"accountId":"a{{{id}}}","displayName":"P{{{id}}}"},
            """, StringComparison.Ordinal);
}
