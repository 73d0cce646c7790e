using TsPmo.Model;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Connectors;

/// <summary>What every connector can be told. A connector's own options derive from it; all properties are bound strictly, by name.</summary>
public abstract class ConnectorOptions
{
    [Setting("The plug-in that reads this tracker.", Required = true)]
    public string Type { get; set; } = "";

    [Setting("Address of the site, server, organisation or collection.", Required = true, Form = "url")]
    public Uri? BaseUrl { get; set; }

    [Setting("How to sign in.", Required = true)]
    public AuthOptions Auth { get; set; } = new();

    [Setting("The tracker's projects to read, besides those that projects of the PMO name as sources.")]
    public IReadOnlyList<string> Projects { get; set; } = [];

    [Setting("Oldest day whose history is read; default: everything.", Form = "date")]
    public DateOnly? HistorySince { get; set; }

    [Setting("How raw names are read where the tracker's own categories are not what is meant.")]
    public MappingOptions Mapping { get; set; } = new();

    [Setting("Requests at the same time. Default 4.", Minimum = 1, Maximum = 32)]
    public int MaxConcurrency { get; set; } = 4;

    [Setting("Requests per second at most. Default 20.", Minimum = 0.1, Maximum = 1000)]
    public double RequestsPerSecond { get; set; } = 20;

    [Setting("Time a single request may take. Default 00:01:40.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    [Setting("Allows plain http to an address that is not loopback. Default false.")]
    public bool AllowInsecureHttp { get; set; }

    [Setting("Path of a PEM file with the certificate authority to trust besides the system's.")]
    public string? CaCertificate { get; set; }

    [Setting("Address of an HTTP proxy.", Form = "url")]
    public Uri? Proxy { get; set; }

    [Setting("User at the proxy, where it asks for one.")]
    public string? ProxyUser { get; set; }

    [Setting("Password of ProxyUser.")]
    public Secret? ProxySecret { get; set; }

    [Setting("Quartz cron of this connector's passes, instead of Schedule:Sync.", Form = "cron")]
    public string? Schedule { get; set; }

    /// <summary>Where client credentials get their token when no TokenUrl is set; null: it must be set.</summary>
    public virtual Uri? DefaultTokenUrl => null;

    /// <summary>The scope asked for with client credentials when none is set; null: none.</summary>
    public virtual string? DefaultScope => null;
}

/// <summary>How to sign in to a tracker.</summary>
public sealed class AuthOptions
{
    /// <summary>OAuth: a client id and its secret are exchanged for a token that is renewed by itself.</summary>
    public const string ClientCredentials = "ClientCredentials";

    [Setting("Basic (user or e-mail with a token or password; a personal access token needs no user), Bearer, or ClientCredentials (OAuth).", Required = true, Allowed = ["Basic", "Bearer", ClientCredentials])]
    public string Kind { get; set; } = "";

    [Setting("User or e-mail the secret belongs to; not needed for personal access tokens, Bearer and ClientCredentials.")]
    public string? User { get; set; }

    [Setting("Token or password; with ClientCredentials the client's secret. Better from an environment variable or a file in TsPmo:SecretsDirectory.", Required = true)]
    public Secret? Secret { get; set; }

    [Setting("Id of the OAuth client, with ClientCredentials.")]
    public string? ClientId { get; set; }

    [Setting("Directory (tenant) the OAuth client belongs to, where the address of the token depends on one.")]
    public string? Tenant { get; set; }

    [Setting("Address that gives out the token, with ClientCredentials. Default: that of the tracker's maker, where there is one.", Form = "url")]
    public Uri? TokenUrl { get; set; }

    [Setting("Scopes to ask for with ClientCredentials, with spaces between them. Default: what the client was given.")]
    public string? Scope { get; set; }

    /// <summary>Whether a token must be fetched before anything can be asked.</summary>
    public bool IsClientCredentials => Kind.Equals(ClientCredentials, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How raw names are read. Names are compared without case.</summary>
public sealed class MappingOptions
{
    [Setting("Status name to ToDo, InProgress, Done or Removed. Default: the tracker's own category.")]
    public IReadOnlyDictionary<string, State> States { get; set; } = new Dictionary<string, State>();

    [Setting("Type name to Epic, Feature, Story, Task, Subtask, Bug, Incident, Risk or Other.")]
    public IReadOnlyDictionary<string, WorkItemKind> Types { get; set; } = new Dictionary<string, WorkItemKind>();

    [Setting("Name or id of the points field. Default: the board's estimation field or the process template's.")]
    public string? Points { get; set; }

    [Setting("Statuses and resolutions that mean not delivered.")]
    public IReadOnlyList<string>? Removed { get; set; }

    [Setting("Statuses that mean blocked.")]
    public IReadOnlyList<string> Blocked { get; set; } = [];

    [Setting("Statuses that mean waiting.")]
    public IReadOnlyList<string> Waiting { get; set; } = [];

    [Setting("Name or id of the planned start field.")]
    public string? Start { get; set; }

    [Setting("Name or id of the planned finish field.")]
    public string? Finish { get; set; }
}
