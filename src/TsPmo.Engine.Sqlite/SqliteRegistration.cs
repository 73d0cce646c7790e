using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Sqlite;

/// <summary>Chooses the embedded store.</summary>
public static class SqliteRegistration
{
    /// <summary>Keeps everything in a SQLite file.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="connectionString">"Data Source=path"; a relative path is relative to the working directory.</param>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string connectionString) =>
        services.AddSingleton<IStoreProvider>(_ => new SqliteStoreProvider(connectionString));
}
