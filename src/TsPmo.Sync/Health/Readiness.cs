using Quartz;
using TsPmo.Engine.Storage;
using TsPmo.Sync.Configuration;

namespace TsPmo.Sync.Health;

/// <summary>Whether the host can do its work: the store answers and the scheduler runs.</summary>
internal sealed class Readiness(IRunLog runs, CurrentConfiguration configuration, IServiceProvider services)
{
    /// <summary>What keeps the host from its work; empty: it is ready.</summary>
    public async Task<IReadOnlyList<string>> ObstaclesAsync(CancellationToken cancellation)
    {
        var obstacles = new List<string>();
        if (!await StoreAnswersAsync(cancellation))
            obstacles.Add("The store does not answer.");
        if (services.GetService<ISchedulerFactory>() is { } factory && (await factory.GetScheduler(cancellation)).Status != SchedulerStatus.Running)
            obstacles.Add("The scheduler does not run.");
        return obstacles;
    }

    /// <summary>What somebody should look at although the host works.</summary>
    public IReadOnlyList<string> Warnings() =>
        configuration.Rejected.Count == 0 ? [] : ["The configuration files have mistakes; an older configuration is in force. See the log, or run tspmo check."];

    private async Task<bool> StoreAnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await runs.LastAsync(cancellation);
            return true;
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or InvalidOperationException)
        {
            return false;
        }
    }
}
