using TsPmo.Plugins;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Tests.Configuration;

/// <summary>A folder of its own with the files of one test, gone with it.</summary>
internal sealed class ConfigurationFolder : IDisposable
{
    private static readonly PluginCatalog Catalog = PluginCatalog.Scan();

    public string Path { get; } = Directory.CreateTempSubdirectory("tspmo-").FullName;

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Loads the named files, or those that the folder would have as the application's.</summary>
    public ConfigurationResult Load(params string[] files) => ConfigurationResult.Load(
        new ConfigurationInput { ApplicationDirectory = Path, Files = [.. files.Select(f => System.IO.Path.Combine(Path, f))] }, Catalog);

    /// <summary>Loads one configuration and gives its mistakes, each in its line.</summary>
    public static IReadOnlyList<string> Mistakes(string json)
    {
        using var folder = new ConfigurationFolder();
        folder.Write("appsettings.json", json);
        return [.. folder.Load().Problems.Select(p => p.ToString())];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
