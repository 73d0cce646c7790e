using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>A Jira that answers the sign-in and, to everything else, what a test says: for traps that a well-behaved stand-in does not set.</summary>
internal sealed class ScriptedJira : IAsyncDisposable
{
    /// <summary>Its clock, which stands still until it is set: at first the moment at which the tests' own one begins.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, Func<string, string>> _byQuery = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<JsonElement, (int Status, string Body)>> _answers = new(StringComparer.Ordinal);
    private LoopbackServer? _server;

    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The server has not started.");

    public IEnumerable<ReceivedRequest> Asked(string path) => _server?.Received.Where(r => r.PathAndQuery.Contains(path, StringComparison.Ordinal)) ?? [];

    public static async Task<ScriptedJira> StartAsync(bool isCloud)
    {
        var jira = new ScriptedJira();
        jira.On("serverInfo", _ => $$"""{"deploymentType":"{{(isCloud ? "Cloud" : "Server")}}","version":"10.3.24","serverTime":"2026-03-02T09:00:00.000+0100"}""");
        jira.On("myself", _ => """{"accountId":"bot","key":"bot","displayName":"Bot","timeZone":"Europe/Zurich"}""");
        jira.On("field", _ => "[]");
        jira.On("status", _ => "[]");
        jira.On("issuetype", _ => "[]");
        jira.On("changelog/bulkfetch", _ => """{"issueChangeLogs":[]}""");
        jira.On("project/", _ => """{"key":"A"}""");
        jira._server = await LoopbackServer.StartAsync(jira.AnswerAsync);
        return jira;
    }

    /// <summary>Answers by what was asked for in the address.</summary>
    public void OnQuery(string path, Func<string, string> answer)
    {
        On(path, _ => "{}");
        _byQuery[path] = answer;
    }

    public void On(string path, Func<JsonElement, string> answer) => On(path, body => (200, answer(body)));

    public void On(string path, Func<JsonElement, (int Status, string Body)> answer)
    {
        _byQuery.TryRemove(path, out _);
        _answers[path] = answer;
    }

    public static string Issue(int id, string updated = "2026-03-01T10:00:00.000+0100") =>
        $$$"""{"id":"{{{id}}}","key":"A-{{{id}}}","fields":{"created":"2026-02-01T10:00:00.000+0100","updated":"{{{updated}}}"},"changelog":{"histories":[]}}""";

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, int number)
    {
        var request = _server?.Received[number - 1];
        var path = context.Request.Path + context.Request.QueryString.Value;
        var key = _answers.Keys.Where(k => path.Contains("/" + k, StringComparison.Ordinal)).MaxBy(k => k.Length);
        var body = request is { Body.Length: > 0 } ? JsonSerializer.Deserialize<JsonElement>(request.Body) : default;
        var (status, text) = key is null ? (404, "{}")
            : _byQuery.TryGetValue(key, out var byQuery) ? (200, byQuery(Uri.UnescapeDataString(context.Request.QueryString.Value ?? ""))) : _answers[key](body);
        context.Response.StatusCode = status;
        context.Response.Headers.Date = Now.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(text);
    }
}
