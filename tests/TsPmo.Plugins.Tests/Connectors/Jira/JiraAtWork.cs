using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Connectors.Jira;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>A Jira connector pointed at a server on loopback.</summary>
internal static class JiraAtWork
{
    public const string Secret = "s3cret";

    public static ConnectorInstance Connect(Uri address, TimeProvider clock, IReadOnlyList<string> projects, Action<JiraOptions>? set = null)
    {
        var options = new JiraOptions
        {
            Type = "Jira", BaseUrl = address, RequestsPerSecond = 1000,
            Auth = new AuthOptions { Kind = "Basic", User = "pmo-bot@acme.example", Secret = new Secret(Secret) },
        };
        set?.Invoke(options);
        return PluginCatalog.Scan().Create(new ConnectorSetup("acme", options, clock), projects);
    }

    /// <summary>Reads a stream; waiting goes by the clock, which moves only where something waits.</summary>
    public static Task<Reading> ReadAsync(this ConnectorInstance instance, FakeClock clock, string stream, string? cursor = null, ReadDepth depth = ReadDepth.Changes) =>
        clock.RunAsync(Reading.OfAsync(instance, stream, cursor, TestContext.Current.CancellationToken, depth), TimeSpan.FromSeconds(60));

    /// <summary>Cursor of the last page.</summary>
    public static string Cursor(this Reading reading) => reading.Pages[^1].Cursor;

    /// <summary>Ids of the issues read, in order.</summary>
    public static IReadOnlyList<string> Issues(this Reading reading) => [.. reading.Records.Where(r => r.Kind == "issue").Select(r => r.Id)];

    public static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
