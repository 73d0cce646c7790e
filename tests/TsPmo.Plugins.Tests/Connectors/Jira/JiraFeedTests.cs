using System.Globalization;
using System.Text.Json;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Answers about histories and hours that belong to another question, or lead nowhere.</summary>
public sealed class JiraFeedTests
{
    private const string NoHours = """{"values":[],"lastPage":true}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Histories_of_other_issues_than_were_asked_for_are_asked_for_again()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        var asked = 0;
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", _ => $$"""{"issueChangeLogs":[{"issueId":"{{(++asked < 3 ? 9 : 1)}}","changeHistories":[{"id":"7","created":0}]}]}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldBeNull();
        reading.Records.Single(r => r.Kind == "issue").Body.GetProperty("histories").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"issueChangeLogs":[{"issueId":"9","changeHistories":[]}]}""")]
    [InlineData("""{"issueChangeLogs":[],"nextPageToken":"again"}""")]
    public async Task Histories_that_stay_odd_are_a_failure_and_never_taken_for_none(string answer)
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", _ => $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"isLast":true}""");
        jira.On("changelog/bulkfetch", _ => answer);
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        reading.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_token_that_is_refused_again_and_again_ends_the_reading()
    {
        await using var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("search/jql", body => body.TryGetProperty("nextPageToken", out _)
            ? (400, """{"errorMessages":["The provided next page token is invalid or has expired."]}""")
            : (200, $$"""{"issues":[{{ScriptedJira.Issue(1)}}],"nextPageToken":"two"}"""));
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "issues")).Failure.ShouldNotBeNull();
        jira.Asked("search/jql").Count().ShouldBe(4);
    }

    [Fact]
    public async Task Hours_of_one_instant_that_fill_a_page_do_not_hide_what_follows()
    {
        await using var jira = await Hours();
        jira.On("worklog/deleted?since=0", _ => """{"values":[{"worklogId":1,"updatedTime":50}],"since":0,"lastPage":false,"nextPage":"https://elsewhere.example/rest/api/3/worklog/deleted?since=50"}""");
        jira.On("worklog/deleted?since=49", _ => """{"values":[{"worklogId":1,"updatedTime":50}],"since":49,"lastPage":false}""");
        jira.On("worklog/deleted?since=50", _ => """{"values":[{"worklogId":2,"updatedTime":60}],"since":50,"lastPage":true}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_page_of_hours_that_is_delivered_twice_is_asked_for_again()
    {
        await using var jira = await Hours();
        var asked = 0;
        jira.On("worklog/deleted?since=0", _ => """{"values":[{"worklogId":1,"updatedTime":50}],"since":0,"lastPage":false}""");
        jira.On("worklog/deleted?since=49", _ => ++asked == 1
            ? """{"values":[{"worklogId":1,"updatedTime":50}],"since":0,"lastPage":false}"""
            : """{"values":[{"worklogId":1,"updatedTime":50},{"worklogId":2,"updatedTime":60}],"since":49,"lastPage":true}""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["1", "2"]);
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task Hours_without_a_list_of_them_are_a_failure()
    {
        await using var jira = await Hours();
        jira.On("worklog/updated", _ => "{}");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs")).Failure.ShouldNotBeNull();
    }

    [Fact]
    public async Task Other_hours_than_were_asked_for_are_asked_for_again()
    {
        await using var jira = await Hours();
        var asked = 0;
        jira.On("worklog/updated", _ => """{"values":[{"worklogId":5,"updatedTime":50}],"lastPage":true}""");
        jira.On("worklog/list", _ => $$"""[{"id":"{{(++asked == 1 ? 4 : 5)}}","issueId":"1"}]""");
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        reading.Records.Where(r => r.Kind == "worklog").Select(r => r.Id).ShouldBe(["5"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hours_are_read_where_the_answer_tells_the_time_of_its_first_entry_instead_of_the_one_asked_for(bool isCloud)
    {
        await using var jira = await Hours(isCloud);
        jira.OnQuery("worklog/deleted", query => Inclusive(query, [(1, 50), (2, 60)]));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(["1", "2"]);
        jira.Asked("worklog/deleted").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Hours_that_fill_a_page_within_one_millisecond_come_to_an_end_and_hide_nothing_later()
    {
        await using var jira = await Hours();
        IReadOnlyList<(int Id, long At)> all = [.. Enumerable.Range(1, 1000).Select(i => (i, 50L)), (1001, 51), (1002, 60)];
        jira.OnQuery("worklog/deleted", query => jira.Asked("worklog/deleted").Count() > 10 ? "{}" : Inclusive(query, all));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "worklogs");
        reading.Failure.ShouldBeNull();
        reading.Records.Select(r => r.Id).ShouldBe(Enumerable.Range(1, 1002).Select(i => $"{i}"));
        (await instance.ReadAsync(_clock, "worklogs", reading.Cursor())).Records.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("updated", "written")]
    [InlineData("deleted", "deleted")]
    public async Task More_hours_of_one_millisecond_than_a_page_holds_are_read_as_far_as_Jira_gives_them_and_the_rest_is_told_once(string feed, string told)
    {
        await using var jira = await Hours();
        jira.On("worklog/list", body => $"[{string.Join(',', body.GetProperty("ids").EnumerateArray().Select(i => $$"""{"id":"{{i}}","issueId":"1"}"""))}]");
        var all = Enumerable.Range(1, 1001).Select(i => (i, 50L)).ToList();
        jira.OnQuery("worklog/" + feed, query => jira.Asked("worklog/" + feed).Count() > 10 ? "{}" : Inclusive(query, all));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "worklogs");
        reading.Failure.ShouldBeNull();
        reading.Records.Count().ShouldBe(1000);
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Message.Contains($"{told} at 1970-01-01T00:00:00.050Z", StringComparison.Ordinal)).ShouldBe(("hours-incomplete", true), notice.Message);
        (await instance.ReadAsync(_clock, "worklogs", reading.Cursor())).Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hours_of_one_millisecond_that_come_whole_on_a_longer_page_are_nothing_to_tell()
    {
        await using var jira = await Hours();
        IReadOnlyList<(int Id, long At)> all = [.. Enumerable.Range(1, 1001).Select(i => (i, 50L)), (1002, 60)];
        jira.OnQuery("worklog/deleted", query => Since(query) < 50 ? Page(all.Take(1001), 50, isLast: false) : Page(all.Skip(1001), 60, isLast: true));
        var reading = await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        reading.Records.Count().ShouldBe(1002);
        reading.Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_page_of_hours_may_be_called_so_by_its_other_name()
    {
        await using var jira = await Hours();
        jira.On("worklog/deleted", _ => """{"values":[{"worklogId":1,"updatedTime":50}],"isLastPage":true}""");
        (await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs")).Failure.ShouldBeNull();
        jira.Asked("worklog/deleted").Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Issues_that_hours_name_by_id_are_looked_for_by_number_since_a_text_would_be_taken_for_a_key(bool isCloud)
    {
        await using var jira = await Hours(isCloud);
        jira.On("worklog/updated", _ => """{"values":[{"worklogId":5,"updatedTime":50}],"lastPage":true}""");
        jira.On("worklog/list", _ => """[{"id":"5","issueId":"10001","author":{"accountId":"mia","key":"mia","displayName":"Mia"}}]""");
        await JiraAtWork.Connect(jira.Address, _clock, ["A"]).ReadAsync(_clock, "worklogs");
        jira.Asked("/search").ShouldHaveSingleItem().Body.ShouldContain("\"id in (10001) ORDER BY");
    }

    /// <summary>A page of a feed of which the time asked for is part, and which tells its first entry's time in the place of that.</summary>
    private static string Inclusive(string query, IReadOnlyList<(int Id, long At)> all)
    {
        var since = Since(query);
        var due = all.Where(e => e.At >= since).ToList();
        return Page(due.Take(1000), due.Count == 0 ? since : due[0].At, due.Count <= 1000);
    }

    private static long Since(string query) => long.Parse(query["?since=".Length..], CultureInfo.InvariantCulture);

    private static string Page(IEnumerable<(int Id, long At)> entries, long since, bool isLast) => $$"""
        {"since":{{since}},"lastPage":{{(isLast ? "true" : "false")}},"values":{{JsonSerializer.Serialize(entries.Select(e => new { worklogId = e.Id, updatedTime = e.At }))}}}
        """;

    private static async Task<ScriptedJira> Hours(bool isCloud = true)
    {
        var jira = await ScriptedJira.StartAsync(isCloud);
        jira.On("worklog/updated", _ => NoHours);
        jira.On("worklog/deleted", _ => NoHours);
        jira.On("search", _ => """{"issues":[],"isLast":true}""");
        return jira;
    }
}
