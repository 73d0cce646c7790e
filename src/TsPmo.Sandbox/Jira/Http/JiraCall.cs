using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>A request as the handlers see it: who asks, with what parameters and what body.</summary>
internal sealed class JiraCall(JiraSite site, HttpRequest request, JiraUser? caller, JsonNode? body)
{
    public JiraSite Site => site;
    public JiraDialect Dialect => site.Dialect;

    /// <summary>Null when nobody signed in.</summary>
    public JiraUser? Caller => caller;
    public JsonNode? Body => body;

    /// <summary>Address of the site, as people open it.</summary>
    public string SiteUrl { get; } = $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>Address that the caller has the site by, as it appears in every "self": the gateway's, where the call came through it.</summary>
    public string BaseUrl { get; } = $"{request.Scheme}://{request.Host}{request.PathBase}{(Gateway.Leads(request) ? "/ex/jira/" + Gateway.CloudId : "")}";

    /// <summary>The address that was asked for, without its parameters.</summary>
    public string Address => SiteUrl + request.Path.ToUriComponent();

    public string Route(string name) => (string?)request.RouteValues[name] ?? "";

    public string? Query(string name) => request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>A list given by repeating the parameter, by commas, or both.</summary>
    public IReadOnlyList<string>? QueryList(string name) => request.Query.TryGetValue(name, out var values)
        ? [.. values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
        : null;

    public int QueryNumber(string name, int otherwise) =>
        int.TryParse(Query(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    public string? Text(string member) => Member(member) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public int Number(string member, int otherwise) => Member(member) is JsonValue value && value.TryGetValue<int>(out var number) ? number : otherwise;

    /// <summary>A list of texts or numbers in the body; null where it is absent.</summary>
    public IReadOnlyList<string>? List(string member) => Member(member) is JsonArray array
        ? [.. array.Select(node => node?.ToString() ?? "")]
        : null;

    public JsonNode? Member(string name) => body is JsonObject members ? members[name] : null;

    /// <summary>Whether the caller asked to write without mails and may do so.</summary>
    public bool WantsQuiet => string.Equals(Query("notifyUsers"), "false", StringComparison.OrdinalIgnoreCase);

    public JiraAnswer Json(Action<AnswerWriter> write, int status = 200) =>
        JiraAnswer.Write(status, json => write(new AnswerWriter(this, json)));

    /// <summary>The issue the route names, or null (the answer is then 404).</summary>
    public JiraIssue? Issue => caller is null ? null : site.Find(Route("issue"));

    public string Self(string path) => BaseUrl + Dialect.ApiPath + "/" + path;
}
