using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using TsPmo.Sandbox.Jira;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Contracts;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>A stand-in Jira on a free port, spoken to over real HTTP as the bot unless a test says otherwise.</summary>
internal sealed class JiraServer : IAsyncDisposable
{
    public const string Token = "s3cret";
    public const string BotEmail = "pmo-bot@acme.example";

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _wire = new(new SocketsHttpHandler());
    private readonly List<Exchange> _exchanges = [];

    private JiraServer(WebApplication app, JiraStandIn jira, FakeClock clock, NotificationLog notifications) =>
        (_app, Jira, Clock, Notifications) = (app, jira, clock, notifications);

    public JiraStandIn Jira { get; }
    public FakeClock Clock { get; }
    public NotificationLog Notifications { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>What a connector is configured with.</summary>
    public Uri Address => new(_app.Urls.First() + Jira.PathBase);

    /// <summary>Everything that went over the wire, for holding it against the vendor's documents.</summary>
    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    public static Task<JiraServer> CloudAsync() => StartAsync(c => new JiraCloudStandIn(c));

    public static Task<JiraServer> DataCenterAsync() => StartAsync(c => new JiraDataCenterStandIn(c));

    private static async Task<JiraServer> StartAsync(Func<StandInContext, JiraStandIn> make)
    {
        var clock = new FakeClock(new(2026, 11, 24, 9, 30, 15, 250, TimeSpan.Zero));
        var notifications = new NotificationLog();
        var jira = make(new(new SandboxClock(clock), notifications, Token, BotEmail));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UsePathBase(jira.PathBase);
        app.UseRouting();
        jira.Map(app);
        await app.StartAsync();
        return new(app, jira, clock, notifications);
    }

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public Task<Answer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public static string Basic(string name, string token) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{token}"));

    /// <summary>Sends one request; an empty authorization sends none.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? body = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _app.Urls.First() + Jira.PathBase + path);
        var credentials = authorization ?? (Jira is JiraCloudStandIn ? Basic(BotEmail, Token) : "Bearer " + Token);
        if (credentials.Length > 0)
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(credentials);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _wire.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        _exchanges.Add(new(Jira is JiraCloudStandIn ? "cloud" : "dc", method, path, body, (int)response.StatusCode, type, text));
        return new((int)response.StatusCode, type, text, response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record Answer(int Status, string? Type, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is the JSON null.");

    public JsonArray Array(string name) => Json[name]!.AsArray();

    public string? Error => Json["errorMessages"]?.AsArray().FirstOrDefault()?.ToString();
}
