using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace TsPmo.Sandbox.Hosting;

/// <summary>One web server on 127.0.0.1. It reads no settings of the surrounding process, so nothing there can move or open it.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackListener(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Origin => new($"http://127.0.0.1:{Port}");

    /// <summary>Listens on the wanted port where it is free, else on one the operating system chooses.</summary>
    public static async Task<LoopbackListener> StartAsync(int? wanted, Action<WebApplication> configure, CancellationToken cancellation)
    {
        if (wanted is { } port)
        {
            try
            {
                return await ListenAsync(port, configure, cancellation);
            }
            catch (IOException)
            {
                // Somebody else has the port by now: another one serves as well, only addresses change.
            }
        }

        return await ListenAsync(0, configure, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        using var impatient = new CancellationTokenSource();
        await impatient.CancelAsync();
        await _app.StopAsync(impatient.Token);
        await _app.DisposeAsync();
    }

    private static async Task<LoopbackListener> ListenAsync(int port, Action<WebApplication> configure, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 << 20;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        try
        {
            configure(app);
            await app.StartAsync(cancellation);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Single();
        return new LoopbackListener(app, new Uri(address ?? throw new InvalidOperationException("The server did not say where it listens.")).Port);
    }
}
