using Microsoft.Data.Sqlite;
using TsPmo.Engine;
using TsPmo.Engine.Scheduling;
using TsPmo.Engine.Sqlite;
using TsPmo.Plugins;
using TsPmo.Sync.Configuration;

namespace TsPmo.Sync.Composition;

/// <summary>Puts the application together from its plug-ins, its engine and its configuration.</summary>
internal static class ApplicationRegistration
{
    /// <summary>Everything that reads, stores, measures and writes.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services, LoadedConfiguration configuration, PluginCatalog catalog, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.AddSingleton(catalog);
        services.AddSingleton(new CurrentConfiguration(configuration));
        services.AddSqliteStore(configuration.StoreConnection);
        return services.AddEngine(provider => ActivatorUtilities.CreateInstance<ConfiguredPmo>(provider));
    }

    /// <summary>Everything that starts by itself while a host runs.</summary>
    public static IServiceCollection AddTimetable(this IServiceCollection services, LoadedConfiguration configuration, TimeProvider clock)
    {
        services.AddHostedService<ConfigurationWatch>();
        services.AddSingleton<ITimetableSource, ConfiguredTimetable>();
        services.AddSingleton<IScheduledWork, ScheduledWork>();
        var file = Path.Combine(Path.GetDirectoryName(configuration.StoreFile) ?? "", "quartz.db");
        return services.AddScheduling(SqliteFactory.Instance, file, clock);
    }
}
