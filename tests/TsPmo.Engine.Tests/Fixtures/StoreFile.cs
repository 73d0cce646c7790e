namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>A folder of its own for a real database file; gone when disposed.</summary>
public sealed class StoreFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tspmo-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "tspmo.db");

    // Without a pool no connection outlives its test, so the file can be deleted.
    public string ConnectionString => $"Data Source={Path};Pooling=False";

    public void Dispose() => _folder.Delete(recursive: true);
}
