using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Plugins.Tests.Sandbox;

/// <summary>Talks to a sandbox as any program would: over its sockets.</summary>
internal sealed class SandboxClient : IDisposable
{
    private readonly HttpMessageInvoker _wire = new(new SocketsHttpHandler());

    public Task<HttpResponseMessage> GetAsync(SandboxTracker tracker, string path) => SendAsync(tracker, HttpMethod.Get, path, null);

    public async Task<HttpResponseMessage> SendAsync(SandboxTracker tracker, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, tracker.BaseUrl + path) { Content = content };
        request.Headers.Authorization = tracker.Kind switch
        {
            TrackerKind.JiraDataCenter => new AuthenticationHeaderValue("Bearer", tracker.Token),
            TrackerKind.JiraCloud => Basic(tracker.User, tracker.Token),
            _ => Basic("", tracker.Token),
        };
        return await _wire.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> TextAsync(SandboxTracker tracker, string path)
    {
        using var response = await GetAsync(tracker, path);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    public async Task<JsonNode?> ControlAsync(Uri control, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(control, path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _wire.SendAsync(request, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path} answered {(int)response.StatusCode}");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public void Dispose() => _wire.Dispose();

    private static AuthenticationHeaderValue Basic(string user, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
}
