using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TsPmo.Engine.Storage;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Sources;
using TsPmo.Sync.Web;

namespace TsPmo.Pages.Tests.Serving;

/// <summary>The host as <c>run</c> starts it, in this process and on a port of the system's choosing.</summary>
internal sealed class ServedConsole : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedConsole(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static LoadedConfiguration Load(IReadOnlyDictionary<string, string?> settings)
    {
        var loaded = ConfigurationResult.Load(new ConfigurationInput { ApplicationDirectory = AppContext.BaseDirectory, Embedded = settings }, PluginCatalog.Scan());
        return loaded.Configuration ?? throw new InvalidOperationException(string.Join(Environment.NewLine, loaded.Problems));
    }

    public static async Task<ServedConsole> StartAsync(LoadedConfiguration configuration, TimeProvider clock, CancellationToken cancellation)
    {
        var app = WebHost.Build(new WebHostParts(configuration, PluginCatalog.Scan(), clock, logging => logging.SetMinimumLevel(LogLevel.None), HasTimetable: false));
        if (await app.Services.GetRequiredService<IStore>().OpenAsync(cancellation) is { } problem)
            throw new InvalidOperationException(problem.Message);
        await app.StartAsync(cancellation);
        return new ServedConsole(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
