using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether connectors may be called as they are configured.</summary>
internal static class ConnectorChecks
{
    public static void Check(TsPmoOptions options, ConfigurationInput input, SettingProblems problems)
    {
        foreach (var (name, connector) in options.Connectors)
        {
            var key = $"TsPmo:Connectors:{name}";
            if (connector.BaseUrl is { Scheme: "http", IsLoopback: false } url && !connector.AllowInsecureHttp)
                problems.Add($"{key}:BaseUrl", url.OriginalString, "would send the secret unencrypted", "begin it with https://, or set AllowInsecureHttp to true");
            if (connector.CaCertificate is { Length: > 0 } certificate && !File.Exists(input.Resolve(certificate)))
                problems.Add($"{key}:CaCertificate", certificate, "is not a file that can be found", "name an existing PEM file");
        }
    }

    /// <summary>Reports a name that is no connector's.</summary>
    public static void RequireConnector(TsPmoOptions options, string key, string name, SettingProblems problems)
    {
        if (name.Length > 0 && !options.Connectors.ContainsKey(name))
            problems.Add(key, name, "is not a configured connector", NearestName.Advice(name, [.. options.Connectors.Keys]));
    }
}
