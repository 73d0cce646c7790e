using TsPmo.Model;

namespace TsPmo.Sync.Configuration.Options;

/// <summary>The web console.</summary>
internal sealed class ConsoleOptions
{
    [Setting("Addresses to listen on, joined by semicolons. Default http://127.0.0.1:5080.", Form = "urls")]
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    [Setting("Address under which people reach it, for links in published text.", Form = "url")]
    public Uri? PublicUrl { get; set; }

    [Setting("Path below which everything is served, such as /pmo.", Form = "path")]
    public string PathBase { get; set; } = "";

    [Setting("Addresses of reverse proxies whose forwarded headers are believed.", Form = "network")]
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    [Setting("Who may look.")]
    public ConsoleAuthOptions Auth { get; set; } = new();
}

/// <summary>Who may look.</summary>
internal sealed class ConsoleAuthOptions
{
    [Setting("None (loopback only), ApiKey or OpenIdConnect. Default None.", Allowed = ["None", "ApiKey", "OpenIdConnect"])]
    public string Kind { get; set; } = "None";

    [Setting("Address of the identity provider.")]
    public string? Authority { get; set; }

    [Setting("Client id at the identity provider.")]
    public string? ClientId { get; set; }

    [Setting("Client secret at the identity provider.")]
    public Secret? ClientSecret { get; set; }

    [Setting("Claim that carries the roles.")]
    public string? RoleClaim { get; set; }

    [Setting("Rights by user name.")]
    public IReadOnlyDictionary<string, AccessOptions> Access { get; set; } = new Dictionary<string, AccessOptions>();
}

/// <summary>Rights of one user.</summary>
internal sealed class AccessOptions
{
    [Setting("Reader, Operator or Administrator.", Required = true, Allowed = ["Reader", "Operator", "Administrator"])]
    public string Role { get; set; } = "";

    [Setting("Keys of the projects they may see; empty: all.")]
    public IReadOnlyList<string> Projects { get; set; } = [];
}
