using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Model.Measuring;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Health;

/// <summary>The host as its operators see it: a process that listens, answers, takes changes and ends in order.</summary>
public sealed class HostTests : IDisposable
{
    private const string Reported = """{"id":"42","project":"PAY","environment":"production","result":"succeeded","finishedAt":"2026-01-10T10:00:00Z"}""";

    private const string Project = """
        , "Schedule": { "Sync": "", "Reconcile": "", "Measure": "" }, "Connectors": { "jira": { "Type": "Jira", "BaseUrl": "http://127.0.0.1:9", "Auth": { "Kind": "Bearer", "Secret": "s" } } },
        "Projects": { "ONE": { "Name": "One", "Sources": { "jira": { "Connector": "jira", "Project": "PAY" } } } }
        """;

    private readonly ConfigurationFolder _folder = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Path, "a.json");

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_running_host_is_live_and_ready_and_health_says_so()
    {
        using var host = await StartAsync("");
        (await _client.GetAsync(new Uri(_address + "/healthz/live"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var health = await TspmoProcess.RunAsync(Cancellation, "health", "--config", File);
        (health.ExitCode, health.Output.Trim()).ShouldBe((0, "ready"));
    }

    [Fact]
    public async Task Without_a_host_health_exits_1_and_says_what_to_do()
    {
        Write("");
        var health = await TspmoProcess.RunAsync(Cancellation, "health", "--config", File);
        health.ExitCode.ShouldBe(1);
        health.Errors.ShouldContain($"No host answers at {_address}/healthz/ready. Start it with tspmo run");
    }

    [Fact]
    public async Task Without_sign_in_nobody_is_answered_but_a_person_at_this_machine()
    {
        using var host = await StartAsync("");
        (await GetAsync("/", null)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/", ("Host", "pmo.acme.example"))).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync("/api/v1/work-items", ("X-Forwarded-For", "10.0.0.1"))).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync("/api/v1/work-items", ("Forwarded", "for=10.0.0.1"))).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync("/healthz/ready", ("Host", "pmo.acme.example"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_sign_in_that_this_build_does_not_have_keeps_the_host_from_starting()
    {
        Write(""", "Auth": { "Kind": "OpenIdConnect" }""");
        var host = await TspmoProcess.RunAsync(Cancellation, "run", "--config", File);
        host.ExitCode.ShouldBe(2);
        host.Errors.ShouldContain("TsPmo:Console:Auth:Kind: \"OpenIdConnect\" cannot be followed");
    }

    [Fact]
    public async Task Without_sign_in_a_program_at_this_machine_reports_and_a_page_of_another_site_does_not()
    {
        using var host = await StartAsync("", Project);
        (await PostAsync("deployments", Reported)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("deployments", Reported, ("Origin", _address))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("deployments", Reported, ("Origin", "https://evil.example"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("deployments", Reported, ("Sec-Fetch-Site", "cross-site"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("deployments", Reported, ("X-Forwarded-For", "10.0.0.1"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("satisfaction", """{"id":"s","project":"PAY","at":"2026-01-10T10:00:00Z","score":4}""")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("risks", "{}")).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync("deployments", "id", type: "text/plain")).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync("deployments", Reported.Replace("PAY", "NONE", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _client.GetStringAsync(new Uri(_address + "/api/v1/deployments?project=ONE"), Cancellation)).ShouldContain("\"connector\":\"reported\",\"id\":\"42\"");
    }

    [Fact]
    public async Task With_keys_nobody_is_answered_without_one_and_only_an_operators_reports()
    {
        using var host = await StartAsync(""", "Auth": { "Kind": "ApiKey" }""", Project);
        var (reader, writer) = (await KeyAsync("reader"), await KeyAsync("operator"));

        (await GetAsync("/", null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync("/healthz/live", null)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/api/v1/work-items", ("Authorization", "Bearer " + reader))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/", ("X-Api-Key", reader))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/", ("Authorization", Basic(reader)))).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/", ("X-Api-Key", reader + "x"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("deployments", Reported)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("deployments", Reported, ("Authorization", "Bearer " + reader))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("deployments", Reported, ("Authorization", Basic(writer)))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("deployments", Reported, ("Authorization", "Bearer " + writer))).ShouldBe(HttpStatusCode.OK);
        await RevokeAsync(writer);
        (await PostAsync("deployments", Reported, ("Authorization", "Bearer " + writer))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Figures_about_persons_are_for_operators_and_for_who_is_at_this_machine()
    {
        Write(""", "Auth": { "Kind": "ApiKey" }""", Project);
        var load = new Figure(new("resource.load", "load", "hours"), "m");
        var at = new DateTimeOffset(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);
        await InProcess.KeepAsync(new FakeClock(), File, "ONE", [load.Known(at, 13, 2), load.Known(at, 8, 1) with { Subject = "ada" }], Cancellation);
        using (var host = await StartAsync(""", "Auth": { "Kind": "ApiKey" }""", Project))
        {
            var (reader, writer) = (await KeyAsync("reader"), await KeyAsync("operator"));
            (await SeenAsync(reader)).ShouldBe(("13", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
            (await SeenAsync(writer)).ShouldBe(("13 8", HttpStatusCode.OK, HttpStatusCode.NotFound));
        }

        using var open = await StartAsync("", Project);
        (await SeenAsync("none")).ShouldBe(("13 8", HttpStatusCode.OK, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Exports_are_served_as_lines_and_a_wrong_question_is_told_as_a_problem()
    {
        using var host = await StartAsync("");
        (await GetAsync("/api/v1/work-items", null)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/api/v1/nonsense", null)).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync("/api/v1/work-items?asOf=yesterday", null)).ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync("/api/v1/explain?project=NONE&metric=schedule.svt", null)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_changed_file_that_is_broken_leaves_the_old_one_in_force_and_a_good_one_takes_its_place()
    {
        using var host = await StartAsync("");
        _folder.Write("a.json", """{ "TsPmo": { "Schedule": { "TimeZone": "Mars" } } }""");
        await UntilAsync(async () => (await WarningsAsync()).Contains("mistakes", StringComparison.Ordinal));
        Write("");
        await UntilAsync(async () => await WarningsAsync() == "[]");
        await SignalAsync(host, "TERM");
        (await host.EndAsync(Cancellation)).Errors.ShouldContain("TsPmo:Schedule:TimeZone: \"Mars\" is not an IANA time zone");
    }

    [Theory]
    [InlineData("TERM", 0, 10)]
    [InlineData("INT", 130, 5)]
    public async Task A_stop_signal_ends_the_host_in_order_and_in_time(string signal, int exitCode, int seconds)
    {
        using var host = await StartAsync("");
        await SignalAsync(host, signal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        (await host.EndAsync(limit.Token)).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_in_one_line()
    {
        using var host = await StartAsync("");
        var second = await TspmoProcess.RunAsync(Cancellation, "run", "--config", File);
        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain($"The console cannot listen on {_address}");
        second.Errors.ShouldNotContain("   at ");
    }

    private async Task<TspmoProcess> StartAsync(string console, string more = "")
    {
        Write(console, more);
        var host = TspmoProcess.Start(["--config", File]);
        await UntilAsync(async () => (await _client.GetAsync(new Uri(_address + "/healthz/ready"), Cancellation)).IsSuccessStatusCode);
        return host;
    }

    private void Write(string console, string more = "") => _folder.Write("a.json", $$"""{ "TsPmo": { "Console": { "Urls": "{{_address}}"{{console}} }{{more}} } }""");

    private async Task<HttpStatusCode> PostAsync(string kind, string body, (string Name, string Value)? header = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_address}/api/v1/{kind}") { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task<string> KeyAsync(string role)
    {
        var made = await TspmoProcess.RunAsync(Cancellation, "apikey", "create", role, "--role", role, "--config", File);
        made.ExitCode.ShouldBe(0, made.Errors);
        return made.Output.Trim();
    }

    private async Task RevokeAsync(string key) =>
        (await TspmoProcess.RunAsync(Cancellation, "apikey", "revoke", key.Split('_')[1], "--config", File)).ExitCode.ShouldBe(0);

    private static string Basic(string key) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("anybody:" + key));

    /// <summary>The figures that the holder of a key is shown, and the answers to asking for booked hours and for what is behind a person's figure, which was never computed here.</summary>
    private async Task<(string Figures, HttpStatusCode Hours, HttpStatusCode Explained)> SeenAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address + "/api/v1/metrics") { Headers = { { "X-Api-Key", key } } };
        using var answer = await _client.SendAsync(request, Cancellation);
        var rows = (await answer.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["value"]!.ToString());
        return (string.Join(' ', rows), await GetAsync("/api/v1/time-entries", ("X-Api-Key", key)),
            await GetAsync("/api/v1/explain?project=ONE&metric=resource.load&subject=ada", ("X-Api-Key", key)));
    }

    private async Task<HttpStatusCode> GetAsync(string path, (string Name, string Value)? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address + path);
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task<string> WarningsAsync()
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri(_address + "/healthz/ready"), Cancellation));
        return answer.RootElement.GetProperty("warnings").GetRawText();
    }

    private static async Task SignalAsync(TspmoProcess host, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, host.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var heartbeat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 600; i++)
        {
            if (await HoldsAsync(holds))
                return;
            await heartbeat.WaitForNextTickAsync(Cancellation);
        }

        throw new TimeoutException("The host did not come to that state.");
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> holds)
    {
        try
        {
            return await holds();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
