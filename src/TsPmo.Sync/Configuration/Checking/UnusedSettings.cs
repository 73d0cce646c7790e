using Microsoft.Extensions.Configuration;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Settings that are taken for features to come: they do no harm, but whoever writes them should not wait for an effect.</summary>
internal static class UnusedSettings
{
    private static readonly string[] Plain = ["TsPmo:Console:TrustedProxies"];

    /// <summary>One sentence for each group of such keys that any source sets, in the order of the keys.</summary>
    public static IReadOnlyList<string> Notes(SettingLayers layers) =>
        [.. Plain.Where(path => IsSet(layers, path))
            .Concat(Below(layers, "TsPmo:Projects", nameof(ProjectOptions.Charter)))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{key} is read but nothing uses it in this version")];

    private static IEnumerable<string> Below(SettingLayers layers, string path, string key) =>
        layers.Children(path).Any(name => IsSet(layers, ConfigurationPath.Combine(path, name, key))) ? [$"{path}:*:{key}"] : [];

    private static bool IsSet(SettingLayers layers, string path) => !string.IsNullOrEmpty(layers.Value(path)) || layers.Children(path).Count > 0;
}
