namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>
/// Where an organisation or collection answers. Services keeps classic releases and test results on hosts of their own, under either of an organisation's
/// names (<c>dev.azure.com/org</c>, <c>org.visualstudio.com</c>); a Server has one address for all. No address ends with a slash.
/// </summary>
/// <param name="Base">The organisation or collection.</param>
/// <param name="Release">Classic releases.</param>
/// <param name="TestResults">Test results.</param>
internal sealed record AzureDevOpsAddress(string Base, string Release, string TestResults)
{
    private const string Modern = "dev.azure.com";
    private const string Old = ".visualstudio.com";

    /// <summary>Whether the address belongs to the vendor's cloud.</summary>
    public bool IsServices => new Uri(Base).Host is var host && (Is(host, Modern) || host.EndsWith(Old, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The part of the address that names a project, where it seems to name more than the organisation; null when it does not. On a Server that cannot be
    /// told from the address.
    /// </summary>
    public string? Surplus
    {
        get
        {
            var address = new Uri(Base);
            var path = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var own = Is(address.Host, Modern) ? 1 : path.Length > 0 && Is(path[0], "DefaultCollection") ? 1 : 0;
            return IsServices && path.Length > own ? Uri.UnescapeDataString(path[own]) : null;
        }
    }

    public static AzureDevOpsAddress Of(ConnectorOptions options)
    {
        var address = options.BaseUrl ?? throw new ArgumentException("A connector needs a base address.", nameof(options));
        var own = options as AzureDevOpsOptions;
        return new(Text(address), own?.ReleaseUrl is { } release ? Text(release) : Beside(address, "vsrm"), own?.TestResultsUrl is { } tests ? Text(tests) : Beside(address, "vstmr"));
    }

    private static string Beside(Uri address, string service)
    {
        var builder = new UriBuilder(address);
        if (Is(address.Host, Modern))
            builder.Host = $"{service}.{Modern}";
        else if (address.Host.EndsWith(Old, StringComparison.OrdinalIgnoreCase))
            builder.Host = $"{address.Host[..^Old.Length]}.{service}{Old}";
        return Text(builder.Uri);
    }

    // The address that a browser shows may carry the organisation as a user's name.
    private static string Text(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
