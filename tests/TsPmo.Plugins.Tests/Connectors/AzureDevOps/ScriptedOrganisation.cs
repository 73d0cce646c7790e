using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>An organisation that answers as a test says, and else with empty lists: for traps that a well-behaved stand-in does not set.</summary>
internal sealed class ScriptedOrganisation : IAsyncDisposable
{
    /// <summary>Its clock, which stands still: the moment at which the tests' own one begins.</summary>
    private const string Now = "Wed, 01 Apr 2026 09:00:00 GMT";

    private readonly ConcurrentDictionary<string, (int Status, string Body)> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _headers = new(StringComparer.Ordinal);
    private LoopbackServer? _server;

    public string Address => _server?.Address.AbsoluteUri ?? throw new InvalidOperationException("The server has not started.");

    public IReadOnlyList<ReceivedRequest> Received => _server?.Received ?? [];

    public static async Task<ScriptedOrganisation> StartAsync(params string[] projects)
    {
        var organisation = new ScriptedOrganisation();
        organisation.On("_apis/projects?", List(projects.Select((name, i) => $$"""{"id":"p{{i}}","name":"{{name}}","state":"wellFormed"}""")));
        organisation.On("_apis/connectionData", """{"authenticatedUser":{"providerDisplayName":"PMO Bot","properties":{"Account":{"$value":"bot@example.com"}}},"deploymentType":"hosted"}""");
        organisation.On("/classificationnodes/", """{"id":1,"identifier":"root","name":"Web","hasChildren":false}""");
        organisation.On("/wiql", """{"workItems":[{"id":1}]}""");
        organisation.On("/reporting/", """{"values":[],"isLastBatch":true,"continuationToken":"1"}""");
        organisation._server = await LoopbackServer.StartAsync(organisation.AnswerAsync);
        return organisation;
    }

    public static string List(IEnumerable<string> values) => $$"""{"value":[{{string.Join(',', values)}}]}""";

    /// <summary>Answers what has this in its address; the longest match counts.</summary>
    public void On(string path, string body, int status = 200) => _answers[path] = (status, body);

    /// <summary>Sends a header with every answer.</summary>
    public void Header(string name, string value) => _headers[name] = value;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context, int number)
    {
        var path = context.Request.Path + context.Request.QueryString.Value;
        var key = _answers.Keys.Where(k => path.Contains(k, StringComparison.Ordinal)).MaxBy(k => k.Length);
        var (status, body) = key is null ? (200, List([])) : _answers[key];
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.Date = Now;
        foreach (var (name, value) in _headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body);
    }
}
