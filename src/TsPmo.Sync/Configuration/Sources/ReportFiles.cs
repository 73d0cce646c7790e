using System.Text;

namespace TsPmo.Sync.Configuration.Sources;

/// <summary>The files of <c>config/reports</c>: what reports say. Those that an administrator does not have are the ones that the program came with.</summary>
internal static class ReportFiles
{
    /// <summary>The folder, below that of the configuration or of the application.</summary>
    public const string Folder = "config/reports";

    private const string Extension = ".txt";
    private const string Embedded = "reports/";

    /// <summary>The folder in which an administrator's own would be.</summary>
    public static string FolderOf(ConfigurationInput input) => input.Resolve(Folder);

    /// <summary>Texts by name without extension, without case.</summary>
    public static IReadOnlyDictionary<string, string> Read(ConfigurationInput input)
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var assembly = typeof(ReportFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Embedded, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            texts[Path.GetFileNameWithoutExtension(resource[Embedded.Length..])] = reader.ReadToEnd();
        }

        foreach (var folder in new[] { Path.Combine(input.ApplicationDirectory, Folder), FolderOf(input) }.Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
                texts[Path.GetFileNameWithoutExtension(file)] = File.ReadAllText(file);
        }

        return texts;
    }
}
