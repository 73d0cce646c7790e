using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Contracts;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

/// <summary>The stand-in on a free loopback port with a small cast, and a client that signs in.</summary>
public sealed class AzureDevOpsServer : IAsyncDisposable
{
    public const string Token = "a-token", Version = "api-version=7.1", Preview = "api-version=7.1-preview.4";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly List<Exchange> _exchanges = [];

    private AzureDevOpsServer(WebApplication app, AzureDevOpsStandIn standIn, NotificationLog notifications, SandboxClock clock)
    {
        (_app, StandIn, Notifications, Clock) = (app, standIn, notifications, clock);
        _client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() + standIn.PathBase;
        Ann = standIn.AddPerson(new PersonSpec("Ann Archer", "Ann@Example.com"));
        Ben = standIn.AddPerson(new PersonSpec("Ben Baker", "ben@example.com"));
    }

    public AzureDevOpsStandIn StandIn { get; }

    public NotificationLog Notifications { get; }

    public SandboxClock Clock { get; }

    public string Address { get; }

    public string Ann { get; }

    public string Ben { get; }

    /// <summary>Everything that went over the wire, for holding it against the vendor's documents.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    public static async Task<AzureDevOpsServer> StartAsync(string pathBase = "/demo")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpClient();
        var (notifications, clock) = (new NotificationLog(), new SandboxClock(new FakeClock(Start.AddDays(30))));
        var standIn = new AzureDevOpsStandIn(new StandInContext(clock, notifications, Token, "Pmo-Bot@example.com"), pathBase);
        var app = builder.Build();
        app.UsePathBase(standIn.PathBase);
        app.UseRouting();
        standIn.Map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AzureDevOpsServer(app, standIn, notifications, clock);
    }

    /// <summary>A server whose organisation has one Agile project "Web" with the team "Red".</summary>
    public static async Task<AzureDevOpsServer> WithProjectAsync(string process = "Agile", string pathBase = "/demo", AzureDevOpsSwitches? switches = null)
    {
        var server = await StartAsync(pathBase);
        server.StandIn.Switches = switches ?? new();
        server.StandIn.AddProject(new ProjectSpec("Web", "The web shop", "Scrum", [], process, ["Red"]));
        return server;
    }

    public static DateTimeOffset At(int minutes) => Start.AddMinutes(minutes);

    /// <summary>Creates a user story of project "Web" and gives its id.</summary>
    public string Story(int minute, string title = "A story", Func<ItemSpec, ItemSpec>? with = null)
    {
        var spec = new ItemSpec("Web", "User Story", title, "New");
        return StandIn.CreateItem(At(minute), Ann, with is null ? spec : with(spec)).Id;
    }

    public void Change(int minute, string id, ItemField field, object? value) => StandIn.ChangeItem(At(minute), Ann, id, [new ItemEdit(field, value)]);

    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = null, Action<HttpRequestMessage>? shape = null)
    {
        using var request = new HttpRequestMessage(method, Address + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Token)));
        request.Headers.Add("X-TFS-FedAuthRedirect", "Suppress");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType ?? "application/json");
        shape?.Invoke(request);
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = response.Headers.TryGetValues("x-ms-continuationtoken", out var values) ? values.Single() : null;
        _exchanges.Add(new Exchange("ado", method.Method, Uri.UnescapeDataString("/demo" + path), body, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text));
        return new TestAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, token);
    }

    public async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Json;

    public Task<TestAnswer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<TestAnswer> PatchAsync(string id, string body, string options = "") =>
        SendAsync(HttpMethod.Patch, $"/Web/_apis/wit/workitems/{id}?{Version}{options}", body, "application/json-patch+json");

    /// <summary>Ids that a query of project "Web" finds.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string where, string options = "")
    {
        var body = new JsonObject { ["query"] = $"SELECT [System.Id] FROM WorkItems WHERE {where}" };
        var answer = await PostAsync($"/Web/_apis/wit/wiql?{Version}{options}", body.ToJsonString());
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Json["workItems"].ShouldNotBeNull().AsArray().Select(row => row.ShouldNotBeNull()["id"].ShouldNotBeNull().ToString())];
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _app.DisposeAsync();
    }
}

/// <summary>An answer as it came over the wire.</summary>
public sealed record TestAnswer(int Status, string? MediaType, string Body, string? ContinuationToken)
{
    public JsonNode Json => JsonNode.Parse(Body).ShouldNotBeNull(Body);

    public string? TypeKey => (string?)Json["typeKey"];

    public JsonArray Values => (Json["value"] ?? Json["values"]).ShouldNotBeNull(Body).AsArray();
}
