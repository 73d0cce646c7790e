using TsPmo.Engine.History.Deployments;
using TsPmo.Plugins.Connectors;
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
            if (name.Equals(ReportedRows.Connector, StringComparison.OrdinalIgnoreCase))
                problems.Add(key, null, "has a name that is kept for what other systems report", "give the connector another name");
            if (connector.BaseUrl is { Scheme: "http", IsLoopback: false } url && !connector.AllowInsecureHttp)
                problems.Add($"{key}:BaseUrl", url.OriginalString, "would send the secret unencrypted", "begin it with https://, or set AllowInsecureHttp to true");
            if (connector.CaCertificate is { Length: > 0 } certificate && !File.Exists(input.Resolve(certificate)))
                problems.Add($"{key}:CaCertificate", certificate, "is not a file that can be found", "name an existing PEM file");
            if (connector.ProxySecret is not null && string.IsNullOrEmpty(connector.ProxyUser))
                problems.Add($"{key}:ProxyUser", null, "is missing", "name the user that ProxySecret belongs to");
            if (connector.Proxy is null && !string.IsNullOrEmpty(connector.ProxyUser))
                problems.Add($"{key}:Proxy", null, "is missing", "give the address of the proxy that ProxyUser signs in to");
            CheckSignIn(connector, $"{key}:Auth", problems);
        }
    }

    /// <summary>What a kind of sign-in needs, and what only another kind would use.</summary>
    private static void CheckSignIn(ConnectorOptions connector, string key, SettingProblems problems)
    {
        var auth = connector.Auth;
        if (!auth.IsClientCredentials)
        {
            foreach (var (name, value) in new[] { (nameof(auth.ClientId), auth.ClientId), (nameof(auth.Tenant), auth.Tenant), (nameof(auth.TokenUrl), auth.TokenUrl?.OriginalString), (nameof(auth.Scope), auth.Scope) })
            {
                if (auth.Kind.Length > 0 && !string.IsNullOrEmpty(value))
                    problems.Add($"{key}:{name}", value, $"has no meaning with the kind {auth.Kind}", $"remove it, or set Kind to {AuthOptions.ClientCredentials}");
            }

            return;
        }

        if (string.IsNullOrEmpty(auth.ClientId))
            problems.Add($"{key}:{nameof(auth.ClientId)}", null, "is missing", "give the id of the OAuth client");
        if (auth.TokenUrl is null && connector is not UnknownConnectorOptions && connector.BaseUrl is not null && connector.DefaultTokenUrl is null)
            problems.Add($"{key}:{nameof(auth.TokenUrl)}", null, "is missing", "give the address that gives out tokens, or the Tenant where that settles it");
        if (auth.TokenUrl is { Scheme: "http", IsLoopback: false } url && !connector.AllowInsecureHttp)
            problems.Add($"{key}:{nameof(auth.TokenUrl)}", url.OriginalString, "would send the secret unencrypted", "begin it with https://, or set AllowInsecureHttp to true");
    }

    /// <summary>Reports a name that is no connector's.</summary>
    public static void RequireConnector(TsPmoOptions options, string key, string name, SettingProblems problems)
    {
        if (name.Length > 0 && !options.Connectors.ContainsKey(name))
            problems.Add(key, name, "is not a configured connector", NearestName.Advice(name, [.. options.Connectors.Keys]));
    }
}
