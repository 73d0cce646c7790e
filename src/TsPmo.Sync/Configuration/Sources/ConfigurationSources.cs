using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Sources;

/// <summary>Opens the sources in their order: files, environment variables, one file per secret.</summary>
internal static class ConfigurationSources
{
    /// <summary>The one section that is ours.</summary>
    public const string Root = "TsPmo";

    /// <summary>What a file may hold: our section, and the address of the schema for editors.</summary>
    private static readonly string[] KnownSections = [Root, "$schema"];

    public static SettingLayers Open(ConfigurationInput input, SettingProblems problems)
    {
        if (input.Embedded is { } embedded)
            return new SettingLayers([new MemoryConfigurationProvider(new MemoryConfigurationSource { InitialData = embedded })]);
        var layers = new List<IConfigurationProvider>();
        foreach (var path in input.FilesToRead)
        {
            var file = JsonFile.Read(path, problems);
            ReportForeignSections(file, problems);
            layers.Add(file);
        }

        var environment = new EnvironmentVariablesConfigurationProvider();
        environment.Load();
        layers.Add(environment);
        AddSecrets(input, layers, problems);
        return new SettingLayers(layers);
    }

    private static void AddSecrets(ConfigurationInput input, List<IConfigurationProvider> layers, SettingProblems problems)
    {
        var key = ConfigurationPath.Combine(Root, nameof(Options.TsPmoOptions.SecretsDirectory));
        if (new SettingLayers(layers).Value(key) is not { Length: > 0 } directory)
            return;
        try
        {
            layers.AddRange(new ConfigurationBuilder().AddKeyPerFile(input.Resolve(directory), optional: false).Build().Providers);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add(key, directory, "is not a folder that can be read", "name an existing one with one file per secret");
        }
    }

    private static void ReportForeignSections(JsonFile file, SettingProblems problems)
    {
        foreach (var section in file.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase).Except(KnownSections, StringComparer.OrdinalIgnoreCase))
            problems.Add(section, null, "is not a known section", "write all keys below TsPmo");
    }
}
