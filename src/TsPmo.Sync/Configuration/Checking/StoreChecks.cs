using System.Data.Common;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether the store can be one that this build opens.</summary>
internal static class StoreChecks
{
    public static void Check(StoreOptions store, SettingProblems problems)
    {
        if (store.Provider != "Sqlite")
            problems.Add("TsPmo:Store:Provider", store.Provider, "is not available in this build", "write Sqlite");
        else if (DataSource(store) is null)
            problems.Add("TsPmo:Store:ConnectionString", null, "does not name a file", "write Data Source=PATH, such as Data Source=data/tspmo.db");
    }

    /// <summary>The file that a connection string names; null when it names none or cannot be read.</summary>
    public static string? DataSource(StoreOptions store)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = store.ConnectionString.Reveal() };
            return parts.TryGetValue("Data Source", out var source) && source is string { Length: > 0 } path ? path : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
