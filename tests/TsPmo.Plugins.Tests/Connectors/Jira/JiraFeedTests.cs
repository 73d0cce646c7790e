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

    private static async Task<ScriptedJira> Hours()
    {
        var jira = await ScriptedJira.StartAsync(isCloud: true);
        jira.On("worklog/updated", _ => NoHours);
        jira.On("worklog/deleted", _ => NoHours);
        jira.On("search/jql", _ => """{"issues":[],"isLast":true}""");
        return jira;
    }
}
