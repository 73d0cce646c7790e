using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration;

/// <summary>Takes a changed file into force without a restart when it is valid; otherwise the old configuration stays and every mistake is logged.</summary>
internal sealed partial class ConfigurationWatch(CurrentConfiguration current, PluginCatalog catalog, TimeProvider clock, ILogger<ConfigurationWatch> log) : IHostedService, IDisposable
{
    /// <summary>Editors write a file in several steps; what they do within this time is one change.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private readonly List<IDisposable> _watches = [];
    private readonly Lock _reloading = new();
    private ITimer? _settled;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (current.Value.Input.Embedded is not null)
            return Task.CompletedTask;
        _settled = clock.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var file in current.Value.Input.FilesToWatch)
            Watch(Path.GetDirectoryName(file) ?? "", Path.GetFileName(file));
        if (ReportFiles.FolderOf(current.Value.Input) is var reports && Directory.Exists(reports))
            Watch(reports, "*");
        if (current.Value.Options.SecretsDirectory is { Length: > 0 } secrets)
            Watch(current.Value.Input.Resolve(secrets), "*");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var watch in _watches)
            watch.Dispose();
        _watches.Clear();
        _settled?.Dispose();
        _settled = null;
    }

    /// <summary>Reads the sources again.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            var before = current.Value;
            var result = ConfigurationResult.Load(before.Input, catalog);
            if (result.Configuration is not { } next)
            {
                current.Reject(result.Problems);
                LogRejected(result.Problems.Count);
                foreach (var problem in result.Problems)
                    LogMistake(problem.ToString());
                return;
            }

            if (next.StoreConnection != before.StoreConnection || next.Options.Console.Urls != before.Options.Console.Urls)
                LogNeedsRestart();
            current.Replace(next);
            LogReplaced();
        }
    }

    private void Watch(string folder, string filter)
    {
        if (!Directory.Exists(folder))
            return;
        var provider = new PhysicalFileProvider(folder, ExclusionFilters.None);
        _watches.Add(provider);
        _watches.Add(ChangeToken.OnChange(() => provider.Watch(filter), () => _settled?.Change(Settling, Timeout.InfiniteTimeSpan)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The changed configuration is in force.")]
    private partial void LogReplaced();

    [LoggerMessage(Level = LogLevel.Warning, Message = "TsPmo:Store and TsPmo:Console:Urls take effect with the next start only.")]
    private partial void LogNeedsRestart();

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed configuration cannot come into force, the old one stays. Mistakes: {Count}")]
    private partial void LogRejected(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Mistake}")]
    private partial void LogMistake(string mistake);
}
