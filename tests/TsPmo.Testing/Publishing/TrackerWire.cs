using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Testing.Publishing;

/// <summary>Asks the stand-ins and changes what they hold, past everything of ours.</summary>
internal sealed class TrackerWire(SandboxServer server, CancellationToken cancellation)
{
    public SandboxTracker Stand(string tracker) => server.Trackers.Single(t => t.Name == tracker);

    /// <summary>The project of an item of Azure DevOps, as a part of a path.</summary>
    public async Task<string> ProjectOfAsync(SandboxTracker stand, string item) =>
        Uri.EscapeDataString((string)(await GetAsync(stand, $"/_apis/wit/workitems/{item}?api-version=7.1"))["fields"]!["System.TeamProject"]!);

    public async Task<JsonNode> GetAsync(SandboxTracker stand, string path) => (await ReadAsync(stand, path)).Body;

    /// <summary>What stands there with its version.</summary>
    public async Task<(JsonNode Body, string? Version)> ReadAsync(SandboxTracker stand, string path)
    {
        using var client = Client(stand);
        using var answer = await client.GetAsync(new Uri(stand.BaseUrl + path), cancellation);
        answer.EnsureSuccessStatusCode();
        return (JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!, answer.Headers.ETag?.Tag);
    }

    /// <summary>Changes something; what the tracker refuses is thrown with its words.</summary>
    public async Task SendAsync(SandboxTracker stand, string method, string path, JsonNode? body, string type = "application/json", string? version = null)
    {
        using var client = Client(stand);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(stand.BaseUrl + path));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, type);
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        using var answer = await client.SendAsync(request, cancellation);
        if (answer.StatusCode >= HttpStatusCode.BadRequest)
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    public static HttpClient Client(SandboxTracker stand)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = stand.Kind == TrackerKind.JiraDataCenter
            ? new AuthenticationHeaderValue("Bearer", stand.Token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(stand.Kind == TrackerKind.JiraCloud ? stand.User : "")}:{stand.Token}")));
        return client;
    }
}
