using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration;

namespace TsPmo.Sync.Composition;

/// <summary>The engine with its store opened, for one verb.</summary>
internal sealed class OpenEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OpenEngine(ServiceProvider services, LoadedConfiguration configuration)
    {
        _services = services;
        Configuration = configuration;
    }

    public LoadedConfiguration Configuration { get; }

    /// <summary>Opens the store, or says why it cannot be used.</summary>
    public static async Task<(OpenEngine? Engine, Problem? Problem)> OpenAsync(
        LoadedConfiguration configuration, PluginCatalog catalog, TimeProvider clock, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        var services = new ServiceCollection().AddLogging(logging).AddApplication(configuration, catalog, clock).BuildServiceProvider();
        var engine = new OpenEngine(services, configuration);
        if (await engine.Get<IStore>().OpenAsync(cancellation) is not { } problem)
            return (engine, null);
        await engine.DisposeAsync();
        return (null, problem);
    }

    /// <summary>A part of the engine.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
