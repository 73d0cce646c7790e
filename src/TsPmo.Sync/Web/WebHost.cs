using Microsoft.AspNetCore.DataProtection;
using TsPmo.Engine.Reporting;
using TsPmo.Plugins;
using TsPmo.Sync.Composition;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Health;

namespace TsPmo.Sync.Web;

/// <summary>What a host is built from.</summary>
/// <param name="Configuration">The configuration at the start.</param>
/// <param name="Catalog">What is plugged in.</param>
/// <param name="Clock">The clock of everything.</param>
/// <param name="Logging">Where the log goes.</param>
/// <param name="HasTimetable">Whether work starts by itself.</param>
internal sealed record WebHostParts(LoadedConfiguration Configuration, PluginCatalog Catalog, TimeProvider Clock, Action<ILoggingBuilder> Logging, bool HasTimetable = true);

/// <summary>Builds the host: scheduler, console and HTTP API in one process.</summary>
internal static class WebHost
{
    /// <summary>Longest time that running jobs get to end after a stop signal.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(4);

    /// <summary>The host, not started. The store must have been opened.</summary>
    public static WebApplication Build(WebHostParts parts)
    {
        var input = parts.Configuration.Input;
        // The empty builder: the framework's own would read the files a second time, with other rules, and log to standard output.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHost).Assembly.GetName().Name, ContentRootPath = input.ApplicationDirectory, EnvironmentName = input.EnvironmentName,
        });
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(parts.Configuration.Options.Console.Urls);
        parts.Logging(builder.Logging);
        AddServices(builder.Services, parts);
        var app = builder.Build();
        Map(app, parts.Configuration);
        return app;
    }

    private static void AddServices(IServiceCollection services, WebHostParts parts)
    {
        services.AddRouting();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new InstantJson()));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        services.AddSingleton<IHostLifetime, StoppedByCaller>();
        services.AddApplication(parts.Configuration, parts.Catalog, parts.Clock);
        services.AddSingleton<Readiness>();
        // Beside the store, where this user may surely write and a container keeps what it needs.
        services.AddDataProtection().SetApplicationName("tspmo").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(Path.GetDirectoryName(parts.Configuration.StoreFile) ?? "", "keys")));
        services.AddConsole();
        if (parts.HasTimetable)
            services.AddTimetable(parts.Configuration, parts.Clock);
    }

    private static void Map(WebApplication app, LoadedConfiguration configuration)
    {
        var console = configuration.Options.Console;
        if (console.PathBase.Length > 0)
            app.UsePathBase(console.PathBase);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<Doorkeeper>(console.Auth.Kind);
        app.UseRouting();
        app.MapHealth();
        app.MapExports();
        app.MapIntake();
        app.MapConsole();
    }

    /// <summary>Stop signals are the command line's business: it cancels the token that the host runs with.</summary>
    private sealed class StoppedByCaller : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
