using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;

namespace TsPmo.DesignTime;

/// <summary>How the migrations tool gets a context; it never connects.</summary>
internal sealed class SqliteContextFactory : IDesignTimeDbContextFactory<PmoContext>
{
    public PmoContext CreateDbContext(string[] args)
    {
        using var provider = new SqliteStoreProvider("Data Source=design-time.db");
        var options = new DbContextOptionsBuilder<PmoContext>();
        provider.Configure(options);
        return new PmoContext(options.Options);
    }
}
