using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TsPmo.Testing.Scale;

/// <summary>A computed tracker behind HTTP, with the page caps of the real one, that counts what it is asked.</summary>
public sealed partial class ScaleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IScaleRoutes _routes;
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);

    private ScaleServer(WebApplication app, IScaleRoutes routes, string origin) => (_app, _routes, BaseUrl) = (app, routes, origin);

    /// <summary>Its address, without a trailing slash.</summary>
    public string BaseUrl { get; }

    /// <summary>Requests by path, ids left out.</summary>
    public IReadOnlyDictionary<string, int> Requests => new SortedDictionary<string, int>(_requests, StringComparer.Ordinal);

    /// <summary>Starts a Jira on a free port.</summary>
    public static Task<ScaleServer> StartAsync(ScaleSite site) => StartAsync(origin => new ScaleRoutes(site, origin));

    /// <summary>Starts an Azure DevOps on a free port.</summary>
    public static Task<ScaleServer> StartAsync(AzureSite site) => StartAsync(origin => new AzureRoutes(site, origin));

    private static async Task<ScaleServer> StartAsync(Func<string, IScaleRoutes> routes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        ScaleServer? server = null;
        app.Run(context => server is null ? Task.CompletedTask : server.AnswerAsync(context));
        await app.StartAsync();
        var origin = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? "";
        server = new ScaleServer(app, routes(origin), origin);
        return server;
    }

    /// <summary>Forgets what was asked so far.</summary>
    public void ClearRequests() => _requests.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var body = context.Request.ContentLength > 0 ? await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) : null;
        using (body)
        {
            _requests.AddOrUpdate(Route(context.Request.Method, path, body), 1, (_, count) => count + 1);
            var answer = _routes.Find(context.Request, body?.RootElement ?? default);
            context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            context.Response.ContentType = "application/json;charset=UTF-8";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new JsonWriterOptions { SkipValidation = true });
            if (answer is not null)
                await answer(json, () => FlushAsync(context, json));
            else
                Refuse(json);
            await json.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task FlushAsync(HttpContext context, Utf8JsonWriter json)
    {
        if (json.BytesPending < 1 << 16)
            return;
        await json.FlushAsync(context.RequestAborted);
    }

    private static void Refuse(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("errorMessages");
        json.WriteStringValue("There is no such thing.");
        json.WriteEndArray();
        json.WriteStartObject("errors");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Route(string method, string path, JsonDocument? body)
    {
        var isIds = body is not null && body.RootElement.TryGetProperty("fields", out var fields) && fields.GetArrayLength() == 1;
        return $"{method} {IdPattern().Replace(path, "{id}")}{(isIds ? " (ids)" : "")}";
    }

    [GeneratedRegex("(?<=/)(\\d+|SCALE\\d|Scale\\d)(?=/|$)(?<!api/\\d)(?<!/1\\.0)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdPattern();
}
