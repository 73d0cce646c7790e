using Microsoft.AspNetCore.Http;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Connectors.Jira;
using TsPmo.Plugins.Http;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>Addressing and sign-in: who is asked what, with which credential, and what a refusal looks like.</summary>
public sealed class JiraSignInTests
{
    private const string Me = """{"accountId":"bot","displayName":"Bot","timeZone":"Europe/Zurich"}""";
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Behind_the_gateway_the_site_tells_the_cloud_id_and_never_sees_the_credential()
    {
        await using var site = await Server(_ => """{"cloudId":"11-22"}""");
        await using var gateway = await Server(Cloud);
        var client = Client(site.Address, o => o.Gateway = gateway.Address);
        var session = await Run(client.SignInAsync(Cancellation));
        await Run(client.SignInAsync(Cancellation));
        session.BrowseBase.ShouldBe(site.Address.AbsoluteUri);
        var asked = site.Received.ShouldHaveSingleItem();
        asked.PathAndQuery.ShouldBe("/_edge/tenant_info");
        asked.Headers.Keys.ShouldNotContain("Authorization");
        gateway.Received.ShouldAllBe(r => r.PathAndQuery.StartsWith("/ex/jira/11-22/rest/api/3/", StringComparison.Ordinal) && r.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("""{"other":1}""", 200)]
    [InlineData("{}", 404)]
    [InlineData("<html>", 200)]
    public async Task A_site_that_tells_no_cloud_id_is_told_as_such_and_the_gateway_is_not_asked(string body, int status)
    {
        await using var site = await Server(_ => body, status, body[0] == '<' ? "text/html" : "application/json");
        await using var gateway = await Server(Cloud);
        var failure = await Should.ThrowAsync<TrackerException>(() => Run(Client(site.Address, o => o.Gateway = gateway.Address).SignInAsync(Cancellation)));
        failure.Problem.Code.ShouldBe("cloud-id-unknown");
        failure.Problem.Remedy.ShouldContain("TsPmo:Connectors:acme:BaseUrl");
        gateway.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_address_with_its_cloud_id_is_taken_as_it_is_and_people_are_shown_the_site()
    {
        await using var gateway = await Server(path => path.EndsWith("serverInfo", StringComparison.Ordinal) ? """{"deploymentType":"Cloud","baseUrl":"https://acme.example"}""" : Cloud(path));
        var session = await Run(Client(new(gateway.Address, "ex/jira/11-22")).SignInAsync(Cancellation));
        session.BrowseBase.ShouldBe("https://acme.example/");
        gateway.Received.ShouldAllBe(r => r.PathAndQuery.StartsWith("/ex/jira/11-22/rest/api/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://acme.atlassian.net", null, "https://auth.atlassian.com/oauth/token", "https://api.atlassian.com/")]
    [InlineData("https://api.atlassian.com/ex/jira/1", null, "https://auth.atlassian.com/oauth/token", null)]
    [InlineData("https://jira.acme.example/jira", null, "https://jira.acme.example/jira/rest/oauth2/latest/token", null)]
    [InlineData("https://jira.acme.example", "https://gw.example/", "https://auth.atlassian.com/oauth/token", "https://gw.example/")]
    public void Client_credentials_know_where_their_token_comes_from_and_which_gateway_it_is_for(string address, string? gateway, string token, string? used)
    {
        var options = new JiraOptions { BaseUrl = new(address), Gateway = gateway is null ? null : new(gateway), Auth = new() { Kind = "ClientCredentials" } };
        options.DefaultTokenUrl.ShouldBe(new Uri(token));
        options.GatewayInUse?.AbsoluteUri.ShouldBe(used);
        (options.GatewayInUse is null).ShouldBe(used is null);
    }

    [Fact]
    public async Task A_missing_scope_is_no_failed_sign_in_and_stops_nothing_else()
    {
        await using var jira = await LoopbackServer.StartAsync((c, _) =>
            c.Request.Path.Value!.Contains("agile", StringComparison.Ordinal) ? Answer(c, "Unauthorized; scope does not match", 401, "text/plain") : Answer(c, Cloud(c.Request.Path)));
        var client = Client(jira.Address);
        var failure = await Should.ThrowAsync<TrackerException>(() => Run(client.GetAsync("rest/agile/1.0/board", Cancellation)));
        failure.Problem.Code.ShouldBe("scope-missing");
        (await Run(client.GetAsync("rest/api/3/myself", Cancellation))).Dispose();
    }

    [Fact]
    public async Task A_server_that_is_known_is_not_asked_what_it_is()
    {
        await using var jira = await Server(Cloud);
        var known = new ServerFacts(true, "1001.0", "https://acme.example/");
        var session = await Run(Client(jira.Address).SignInAsync(known, Cancellation));
        session.Server.ShouldBe(known);
        session.ServerTime.ShouldBe(new DateTimeOffset(2026, 3, 2, 8, 0, 7, TimeSpan.Zero));
        jira.Received.Select(r => r.PathAndQuery).ShouldBe(["/rest/api/3/myself", "/rest/api/3/field"]);
    }

    [Fact]
    public async Task A_server_that_was_swapped_is_asked_anew_what_it_is()
    {
        await using var jira = await LoopbackServer.StartAsync((c, _) =>
            c.Request.Path.Value!.Contains("/api/3/", StringComparison.Ordinal) ? Answer(c, "{}", 404) : Answer(c, DataCenter(c.Request.Path)));
        var session = await Run(Client(jira.Address).SignInAsync(new ServerFacts(true, "1001.0", "https://acme.example/"), Cancellation));
        (session.IsCloud, session.Version, session.Account).ShouldBe((false, "10.3.1", "JIRAUSER1"));
    }

    [Theory]
    [InlineData(200, "{}", "application/json", null)]
    [InlineData(200, "", "application/json", null)]
    [InlineData(200, "<html></html>", "text/html", null)]
    [InlineData(302, "", "text/html", "https://login.example/")]
    [InlineData(200, Me, "application/json", "anonymous")]
    [InlineData(403, "", "text/html", "captcha")]
    public async Task Whatever_answers_without_proving_the_token_is_a_failed_sign_in(int status, string body, string type, string? mark)
    {
        await using var jira = await LoopbackServer.StartAsync((c, _) => !c.Request.Path.Value!.EndsWith("myself", StringComparison.Ordinal)
            ? Answer(c, Cloud(c.Request.Path))
            : Marked(c, mark, body, status, type));
        var failure = await Should.ThrowAsync<TrackerException>(() => Run(Client(jira.Address).SignInAsync(Cancellation)));
        failure.Problem.Code.ShouldBe("authentication-failed");
    }

    [Theory]
    [InlineData("", "application/json", null)]
    [InlineData("""{"issues":[],"isLast":true}""", "application/json", "anonymous")]
    [InlineData("<html></html>", "text/html", null)]
    public async Task A_search_answered_as_to_a_stranger_is_no_empty_search(string body, string type, string? mark)
    {
        await using var jira = await LoopbackServer.StartAsync((c, _) => c.Request.Path.Value!.EndsWith("search/jql", StringComparison.Ordinal)
            ? Marked(c, mark, body, 200, type)
            : Answer(c, Cloud(c.Request.Path)));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"]);
        var reading = await instance.ReadAsync(_clock, "issues");
        reading.Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
    }

    [Fact]
    public async Task One_refusal_ends_the_pass_and_the_next_pass_tries_again()
    {
        var refuses = true;
        await using var jira = await LoopbackServer.StartAsync((c, _) => refuses ? Answer(c, "", 401, "text/plain") : Answer(c, DataCenter(c.Request.Path)));
        var instance = JiraAtWork.Connect(jira.Address, _clock, ["A"], o => o.Deployment = "DataCenter");
        foreach (var stream in instance.Connector.Streams)
            (await instance.ReadAsync(_clock, stream)).Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
        jira.Received.Count.ShouldBe(1);
        refuses = false;
        (await instance.ReadAsync(_clock, instance.Connector.Streams[0])).Failure?.Code.ShouldNotBe("authentication-failed");
        jira.Received.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_refusal_while_requests_are_under_way_lets_none_of_the_waiting_ones_out()
    {
        var (count, refuse, goOn) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        await using var jira = await LoopbackServer.StartAsync(async (c, _) =>
        {
            // One is refused for good, the others would be repeated.
            var number = Interlocked.Increment(ref count);
            if (number == 3)
                refuse.SetResult();
            await (number == 1 ? refuse.Task : goOn.Task);
            await Answer(c, "{}", number == 1 ? 401 : 503);
        });
        var client = Client(jira.Address, o => o.MaxConcurrency = 3);
        var all = Enumerable.Range(0, 20).Select(i => client.GetAsync($"rest/api/2/issue/{i}", Cancellation)).ToList();
        await Task.WhenAny(all);
        goOn.SetResult();
        foreach (var one in all)
            (await Should.ThrowAsync<TrackerException>(() => _clock.RunAsync(one, TimeSpan.FromMinutes(1)))).Problem.Code.ShouldBe("authentication-failed");
        jira.Received.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Clocks_further_apart_than_what_is_read_twice_are_told()
    {
        await using var jira = await Server(Cloud);
        _clock.Advance(TimeSpan.FromMinutes(9));
        var client = Client(jira.Address);
        var notice = ClockNotice.Of(client, await Run(client.SignInAsync(Cancellation)));
        notice.ShouldNotBeNull().Code.ShouldBe("clock-skew");
        notice.Message.ShouldContain("8.9 min behind ours");
    }

    [Fact]
    public async Task What_is_asked_without_a_credential_may_be_answered_as_to_a_stranger()
    {
        await using var jira = await LoopbackServer.StartAsync((c, _) => c.Request.Path.Value == "/_edge/tenant_info"
            ? Marked(c, "anonymous", """{"cloudId":"c1"}""", 200, "application/json")
            : Answer(c, Cloud(c.Request.Path.Value ?? "")));
        (await Run(Client(jira.Address, o => o.Gateway = jira.Address).SignInAsync(Cancellation))).IsCloud.ShouldBeTrue();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<T> Run<T>(Task<T> work) => _clock.RunAsync(work, TimeSpan.FromSeconds(60));

    private JiraClient Client(Uri address, Action<JiraOptions>? set = null)
    {
        var options = new JiraOptions
        {
            Type = "Jira", BaseUrl = address, RequestsPerSecond = 1000, Auth = new AuthOptions { Kind = "Basic", User = "bot@acme.example", Secret = new("s3cret") },
        };
        set?.Invoke(options);
        return new(new("acme", options, _clock));
    }

    private static Task<LoopbackServer> Server(Func<string, string> answer, int status = 200, string type = "application/json") =>
        LoopbackServer.StartAsync((c, _) => Answer(c, answer(c.Request.Path.Value ?? ""), status, type));

    private static string Cloud(string path) => path switch
    {
        _ when path.EndsWith("myself", StringComparison.Ordinal) => Me,
        _ when path.EndsWith("serverInfo", StringComparison.Ordinal) => """{"deploymentType":"Cloud","version":"1001.0"}""",
        _ when path.EndsWith("field", StringComparison.Ordinal) => "[]",
        _ when path.EndsWith("project/A", StringComparison.Ordinal) => """{"key":"A"}""",
        _ => "{}",
    };

    private static string DataCenter(PathString path) => path.Value switch
    {
        var p when p!.EndsWith("myself", StringComparison.Ordinal) => """{"key":"JIRAUSER1","name":"bot"}""",
        var p when p!.EndsWith("serverInfo", StringComparison.Ordinal) => """{"deploymentType":"Server","version":"10.3.1"}""",
        var p when p!.EndsWith("field", StringComparison.Ordinal) || p.EndsWith("status", StringComparison.Ordinal) || p.EndsWith("issuetype", StringComparison.Ordinal) => "[]",
        _ => """{"values":[],"isLast":true}""",
    };

    private static Task Marked(HttpContext context, string? mark, string body, int status, string type)
    {
        if (mark == "anonymous")
            context.Response.Headers["X-AUSERNAME"] = "anonymous";
        else if (mark == "captcha")
            context.Response.Headers["X-Seraph-LoginReason"] = "AUTHENTICATION_DENIED";
        else if (mark is not null)
            context.Response.Headers.Location = mark;
        return Answer(context, body, status, type);
    }

    private static Task Answer(HttpContext context, string body, int status = 200, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Date = "Mon, 02 Mar 2026 08:00:07 GMT";
        if (status != 302)
            context.Response.ContentType = type;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }
}
