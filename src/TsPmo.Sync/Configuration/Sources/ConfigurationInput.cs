namespace TsPmo.Sync.Configuration.Sources;

/// <summary>Where the configuration comes from.</summary>
internal sealed record ConfigurationInput
{
    /// <summary>Folder of the application: its files are looked for there, wherever it was started from.</summary>
    public required string ApplicationDirectory { get; init; }

    /// <summary>Files named on the command line, as full paths, the strongest last; none: the application's own files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Name of the environment whose file is read besides the first.</summary>
    public string EnvironmentName { get; init; } = "Production";

    /// <summary>Settings made by the application itself, which then are the only source.</summary>
    public IReadOnlyDictionary<string, string?>? Embedded { get; init; }

    /// <summary>The folder that relative paths of the configuration are looked up in: the first named file's, or the application's.</summary>
    public string BaseDirectory => Files.Count > 0 ? Path.GetDirectoryName(Files[0]) ?? ApplicationDirectory : ApplicationDirectory;

    /// <summary>The files to read, the weakest first; the application's own are optional.</summary>
    public IReadOnlyList<string> FilesToRead => Files.Count > 0 ? Files : [.. OwnFiles.Where(File.Exists)];

    /// <summary>The files whose change matters, whether they exist yet or not.</summary>
    public IReadOnlyList<string> FilesToWatch => Files.Count > 0 ? Files : OwnFiles;

    private string[] OwnFiles =>
        [Path.Combine(ApplicationDirectory, "appsettings.json"), Path.Combine(ApplicationDirectory, $"appsettings.{EnvironmentName}.json")];

    /// <summary>A path of the configuration as a full path.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, BaseDirectory);
}
