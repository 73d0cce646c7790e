using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace TsPmo.Engine.Scheduling;

/// <summary>Adds the scheduler to the host.</summary>
public static class SchedulingRegistration
{
    /// <summary>
    /// Starts work by the timetable: no two runs of one entry at a time, missed runs made up for by one, jobs cancelled and awaited when the host stops.
    /// Needs an <see cref="ITimetableSource"/> and an <see cref="IScheduledWork"/>.
    /// </summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="factory">Makes connections to SQLite.</param>
    /// <param name="file">Full path of the scheduler's own file; it serialises everything and would hold up the application's.</param>
    /// <param name="clock">The clock that triggers go by.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, DbProviderFactory factory, string file, TimeProvider clock)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(factory, $"Data Source={file}");
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.UseExecutionHistory();
                store.ConfigureStore(options =>
                {
                    options.MisfireThreshold = TimeSpan.FromSeconds(60);
                    options.MisfireHandlerFrequency = TimeSpan.FromSeconds(5);
                });
            });
        });
        services.AddQuartzExecutionHistory(options => options.Retention = TimeSpan.FromDays(30));
        // Before the scheduler's own service, so that the timetable stands when the first trigger could fire.
        services.AddHostedService<TimetableKeeper>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }
}
