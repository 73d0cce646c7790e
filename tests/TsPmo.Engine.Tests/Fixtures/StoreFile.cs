using Microsoft.Extensions.DependencyInjection;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Testing.Time;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>A folder of its own for a real database file; gone when disposed. The schema is made once for all tests and copied.</summary>
public sealed class StoreFile : IDisposable
{
    private static readonly Lazy<byte[]> Empty = new(MakeEmpty);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tspmo-store-");

    public StoreFile() => File.WriteAllBytes(Path, Empty.Value);

    public string Path => System.IO.Path.Combine(_folder.FullName, "tspmo.db");

    // Without a pool no connection outlives its test, so the file can be deleted.
    public string ConnectionString => ConnectionTo(Path);

    /// <summary>Takes the database away, so that there is none yet.</summary>
    public void Remove() => File.Delete(Path);

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] MakeEmpty()
    {
        var folder = Directory.CreateTempSubdirectory("tspmo-store-");
        var path = System.IO.Path.Combine(folder.FullName, "empty.db");
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FakeClock());
        services.AddEngine(_ => new FixedPmo(new PmoSetup(new PmoDefinition { Calendar = TestEngine.Calendar }, [], new MetricSet([], []))));
        services.AddSqliteStore(ConnectionTo(path));
        using (var provider = services.BuildServiceProvider())
            provider.GetRequiredService<IStore>().OpenAsync(CancellationToken.None).GetAwaiter().GetResult().ShouldBeNull();
        var bytes = File.ReadAllBytes(path);
        folder.Delete(recursive: true);
        return bytes;
    }

    private static string ConnectionTo(string path) => $"Data Source={path};Pooling=False";
}
