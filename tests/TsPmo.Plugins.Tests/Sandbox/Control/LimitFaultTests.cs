using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Control;

namespace TsPmo.Plugins.Tests.Sandbox.Control;

/// <summary>Faults that say something about the caller: too many requests, an old token, a page seen before.</summary>
public sealed class LimitFaultTests : IAsyncLifetime
{
    private const string Issue = "/rest/api/3/issue/PAY-1", Projects = "/_apis/projects?api-version=7.1";
    private readonly SandboxClient _client = new();
    private SandboxServer? _server;

    private SandboxServer Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _server = await StoppedClock.StartAsync(300);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("jira-burst-based")]
    [InlineData("jira-per-issue-on-write")]
    [InlineData("jira-quota-global-based")]
    [InlineData("jira-quota-tenant-based")]
    public async Task A_refusal_for_too_many_requests_gives_its_reason_and_how_long_to_wait(string reason)
    {
        Server.AddFault(new FaultRule(FaultAction.RateLimit, Reason: reason, RetryAfterSeconds: 9, Times: 1));
        using var answer = await _client.GetAsync(Server.Trackers[0], Issue);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(9));
        answer.Headers.GetValues("RateLimit-Reason").ShouldBe([reason]);
        answer.Headers.GetValues("X-RateLimit-Remaining").ShouldBe(["0"]);
        answer.Headers.GetValues("X-RateLimit-Reset").ShouldBe(["2026-11-18T10:30:09Z"]);
    }

    [Fact]
    public async Task Data_center_gives_no_reason_but_how_its_bucket_fills()
    {
        Server.AddFault(new FaultRule(FaultAction.RateLimit, Times: 1));
        using var answer = await _client.GetAsync(Server.Trackers[1], "/rest/api/2/issue/LED-1");

        answer.Headers.Contains("RateLimit-Reason").ShouldBeFalse();
        answer.Headers.GetValues("X-RateLimit-FillRate").ShouldBe(["1"]);
    }

    [Theory]
    [InlineData(0, Issue)]
    [InlineData(1, "/rest/api/2/issue/LED-1")]
    public async Task A_good_answer_can_say_that_little_is_left(int tracker, string path)
    {
        Server.AddFault(new FaultRule(FaultAction.NearLimit));
        using var answer = await _client.GetAsync(Server.Trackers[tracker], path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-RateLimit-Remaining").ShouldBe(["5"]);
    }

    [Fact]
    public async Task A_good_answer_of_azure_devops_can_say_that_it_was_held_back()
    {
        Server.AddFault(new FaultRule(FaultAction.Delayed, RetryAfterSeconds: 7));
        using var answer = await _client.GetAsync(Server.Trackers[2], Projects);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        answer.Headers.GetValues("X-RateLimit-Delay").ShouldBe(["7"]);
        answer.Headers.GetValues("X-RateLimit-Limit").ShouldBe(["200"]);
    }

    [Fact]
    public async Task Azure_devops_refuses_too_much_in_its_own_words()
    {
        Server.AddFault(new FaultRule(FaultAction.RateLimit));
        (await _client.TextAsync(Server.Trackers[2], Projects)).ShouldStartWith("429");
        (await _client.TextAsync(Server.Trackers[2], Projects)).ShouldContain("TF400733");
    }

    [Fact]
    public async Task An_expired_token_of_azure_devops_is_a_sign_in_page_to_those_who_did_not_ask_for_plain_errors()
    {
        Server.AddFault(new FaultRule(FaultAction.Unauthorized, After: 1));
        (await _client.TextAsync(Server.Trackers[2], Projects)).ShouldStartWith("200");
        using var page = await _client.GetAsync(Server.Trackers[2], Projects);
        (page.StatusCode, page.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.NonAuthoritativeInformation, "text/html"));

        using var asked = new HttpRequestMessage(HttpMethod.Get, Server.Trackers[2].BaseUrl + Projects);
        asked.Headers.Add("X-TFS-FedAuthRedirect", "Suppress");
        using var bare = new HttpClient();
        using var plain = await bare.SendAsync(asked, TestContext.Current.CancellationToken);
        plain.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("TF400813");
    }

    [Fact]
    public async Task A_token_can_expire_after_some_requests()
    {
        Server.AddFault(new FaultRule(FaultAction.Unauthorized, After: 2));

        var answers = new List<string>();
        for (var request = 0; request < 4; request++) answers.Add((await _client.TextAsync(Server.Trackers[0], Issue))[..3]);
        answers.ShouldBe(["200", "200", "401", "401"]);
    }

    [Theory]
    [InlineData(0, "/rest/api/3/search/jql?jql=project%3DPAY&fields=id,summary&maxResults=5")]
    [InlineData(1, "/rest/api/2/search?jql=project%3DLED&fields=id,summary&maxResults=5")]
    public async Task A_further_page_can_be_the_page_before_it(int tracker, string path)
    {
        Server.AddFault(new FaultRule(FaultAction.Stale));
        var first = await _client.TextAsync(Server.Trackers[tracker], path);
        var token = JsonNode.Parse(first[4..])?["nextPageToken"]?.ToString();
        var next = path + (token is null ? "&startAt=5" : $"&nextPageToken={Uri.EscapeDataString(token)}");

        (await _client.TextAsync(Server.Trackers[tracker], next)).ShouldBe(first);
        Server.ClearFaults();
        (await _client.TextAsync(Server.Trackers[tracker], next)).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_further_page_asked_for_in_a_body_can_be_the_page_before_it_too()
    {
        Server.AddFault(new FaultRule(FaultAction.Stale));
        async Task<string> AskAsync(string token)
        {
            using var content = new StringContent($"{{\"issueIdsOrKeys\":[\"PAY-1\",\"PAY-2\",\"PAY-3\"]{token},\"maxResults\":1}}", Encoding.UTF8, "application/json");
            using var answer = await _client.SendAsync(Server.Trackers[0], HttpMethod.Post, "/rest/api/3/changelog/bulkfetch", content);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        var first = await AskAsync("");
        (await AskAsync($",\"nextPageToken\":\"{JsonNode.Parse(first)?["nextPageToken"]}\"")).ShouldBe(first);
    }

    [Fact]
    public async Task A_list_asked_for_again_from_its_start_is_never_stale()
    {
        const string path = "/rest/api/3/search/jql?jql=project%3DPAY&fields=id&maxResults=5";
        Server.AddFault(new FaultRule(FaultAction.Stale));
        var first = await _client.TextAsync(Server.Trackers[0], path);
        var token = JsonNode.Parse(first[4..])?["nextPageToken"]?.ToString() ?? "";
        Server.ClearFaults();
        await _client.TextAsync(Server.Trackers[0], $"{path}&nextPageToken={Uri.EscapeDataString(token)}");
        Server.AddFault(new FaultRule(FaultAction.Stale));

        (await _client.TextAsync(Server.Trackers[0], path)).ShouldBe(first);
    }
}
