using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TsPmo.Sandbox.AzureDevOps;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Jira;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sandbox.Control;

/// <summary>The sandbox's controls over HTTP, for tests that run it as a process of its own. JSON, camelCase.</summary>
internal static class ControlApi
{
    public static void Map(WebApplication app, SandboxServer server)
    {
        MapClock(app, server);
        MapFaults(app, server);
        MapCounters(app, server);
        app.MapPost("/rounds", async (RoundRequest round, CancellationToken cancellation) =>
            round.Acts < 0 || round.Minutes < 1
                ? Results.BadRequest(new { message = "acts must be 0 or more, and minutes 1 or more." })
                : Results.Ok(new { acts = await server.RunRoundAsync(round, cancellation), now = server.Clock.GetUtcNow() }));
        app.MapGet("/truth", () => Results.Ok(new { path = server.TruthPath }));
        app.MapGet("/trackers", () => Results.Ok(server.Trackers));
        app.MapPut("/trackers/{tracker}/switches", (string tracker, JsonElement switches) => Set(server, tracker, switches));
        app.MapGet("/portfolio", () => Results.Ok(server.Portfolio));
    }

    private static IResult Set(SandboxServer server, string tracker, JsonElement switches)
    {
        try
        {
            if (server.Trackers.Any(t => t.Name == tracker && t.Kind == TrackerKind.AzureDevOps))
                server.AzureDevOps(tracker).Switches = switches.Deserialize<AzureDevOpsSwitches>(JsonSerializerOptions.Web) ?? new();
            else
                server.Jira(tracker).Switches = switches.Deserialize<JiraSwitches>(JsonSerializerOptions.Web) ?? new();
            return Results.NoContent();
        }
        catch (Exception e) when (e is ArgumentException or TimeZoneNotFoundException or JsonException)
        {
            return Results.BadRequest(new { message = e.Message });
        }
    }

    private static void MapClock(WebApplication app, SandboxServer server)
    {
        app.MapGet("/clock", () => Results.Ok(new { now = server.Clock.GetUtcNow() }));
        app.MapPut("/clock", async (ClockSetting setting) =>
        {
            await server.SetClockAsync(setting.Now.ToUniversalTime());
            return Results.Ok(new { now = server.Clock.GetUtcNow() });
        });
        app.MapPost("/clock/advance", async (ClockAdvance advance) =>
        {
            await server.AdvanceClockAsync(TimeSpan.FromMinutes(advance.Minutes));
            return Results.Ok(new { now = server.Clock.GetUtcNow() });
        });
    }

    private static void MapFaults(WebApplication app, SandboxServer server)
    {
        app.MapPost("/faults", (FaultRule rule) =>
        {
            try
            {
                server.AddFault(rule);
                return Results.NoContent();
            }
            catch (ArgumentException)
            {
                return Results.BadRequest(new { message = $"path '{rule.Path}' is not a regular expression." });
            }
        });
        app.MapDelete("/faults", () =>
        {
            server.ClearFaults();
            return Results.NoContent();
        });
    }

    private static void MapCounters(WebApplication app, SandboxServer server)
    {
        app.MapGet("/requests", () => Results.Ok(new { counts = server.Requests.Counts, requests = server.Requests.Latest }));
        app.MapDelete("/requests", () =>
        {
            server.Requests.Clear();
            return Results.NoContent();
        });
        app.MapGet("/notifications", () => Results.Ok(new { count = server.Notifications.Sent.Count, notifications = server.Notifications.Sent }));
        app.MapDelete("/notifications", () =>
        {
            server.Notifications.Clear();
            return Results.NoContent();
        });
    }

    private sealed record ClockSetting(DateTimeOffset Now);

    private sealed record ClockAdvance(double Minutes);
}
