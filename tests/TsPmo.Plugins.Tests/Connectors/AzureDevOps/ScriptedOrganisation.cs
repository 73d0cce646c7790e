using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>An organisation that answers as a test says, and else with empty lists: for traps that a well-behaved stand-in does not set.</summary>
internal sealed class ScriptedOrganisation : IAsyncDisposable
{
    /// <summary>Its clock, which stands still: the moment at which the tests' own one begins.</summary>
    private const string Now = "Wed, 01 Apr 2026 09:00:00 GMT";

    private readonly ConcurrentDictionary<string, Func<ReceivedRequest, ScriptedAnswer>> _answers = new(StringComparer.Ordinal);
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
    public void On(string path, string body, int status = 200, string? next = null) => On(path, _ => new(body, status, next));

    /// <summary>As the other, with an answer that depends on the question.</summary>
    public void On(string path, Func<ReceivedRequest, ScriptedAnswer> answer) => _answers[path] = answer;

    /// <summary>How often it was asked what has this in its address.</summary>
    public int Asked(string path) => Received.Count(r => r.PathAndQuery.Contains(path, StringComparison.Ordinal));

    /// <summary>Sends a header with every answer.</summary>
    public void Header(string name, string value) => _headers[name] = value;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context, int number)
    {
        var path = context.Request.Path + context.Request.QueryString.Value;
        using var reader = new StreamReader(context.Request.Body);
        var request = new ReceivedRequest(context.Request.Method, path, new Dictionary<string, string>(), await reader.ReadToEndAsync(context.RequestAborted));
        var key = _answers.Keys.Where(k => path.Contains(k, StringComparison.Ordinal)).MaxBy(k => k.Length);
        var answer = key is null ? new(List([])) : _answers[key](request);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.Date = Now;
        foreach (var (name, value) in _headers)
            context.Response.Headers[name] = value;
        if (answer.Next is not null)
            context.Response.Headers["x-ms-continuationtoken"] = answer.Next;
        await context.Response.WriteAsync(answer.Body);
    }
}

/// <summary>What is answered.</summary>
/// <param name="Body">The body.</param>
/// <param name="Status">The status.</param>
/// <param name="Next">Where the list goes on, told in a header; null: it ends.</param>
internal sealed record ScriptedAnswer(string Body, int Status = 200, string? Next = null);
