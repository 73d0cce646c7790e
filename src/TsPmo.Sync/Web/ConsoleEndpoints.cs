using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using TsPmo.Sync.Web.Console;

namespace TsPmo.Sync.Web;

/// <summary>The console: pages rendered on the server that stand without a script, under a policy that allows none.</summary>
internal static class ConsoleEndpoints
{
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<ConflictDecisions>();
        return services;
    }

    public static void MapConsole(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "same-origin";
            return next(context);
        });
        MapAsset(app, "console.css", "text/css; charset=utf-8");
        MapAsset(app, "mark.svg", "image/svg+xml");
        app.UseAntiforgery();
        app.MapRazorComponents<Document>();
    }

    // Embedded, so that the page looks the same from a build folder, a published folder and another working directory.
    private static void MapAsset(WebApplication app, string name, string type)
    {
        var assembly = typeof(ConsoleEndpoints).Assembly;
        using var stream = assembly.GetManifestResourceStream($"assets/{name}") ?? throw new InvalidOperationException($"The asset {name} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        app.MapGet($"/assets/{name}", FileContentHttpResult () => TypedResults.Bytes(bytes, type, entityTag: tag));
    }
}
