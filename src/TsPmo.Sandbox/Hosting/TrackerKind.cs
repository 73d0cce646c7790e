using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Hosting;

/// <summary>Which product a stand-in imitates.</summary>
public enum TrackerKind { JiraCloud, JiraDataCenter, AzureDevOps }

/// <summary>A stand-in as its clients see it.</summary>
/// <param name="Name">Its name in the truth log and, in the demo, of the connector that reads it.</param>
/// <param name="BaseUrl">Its address, path base included, without a trailing slash.</param>
/// <param name="User">E-mail or user name of the account the token belongs to.</param>
/// <param name="Token">The secret that signs in: Basic with the user on Jira Cloud, Bearer on Data Center, Basic with an empty user on Azure DevOps.</param>
public sealed record SandboxTracker(string Name, TrackerKind Kind, string BaseUrl, string User, string Token)
{
    /// <summary>The connector type that reads it, as configurations name it.</summary>
    public string ConnectorType => Kind == TrackerKind.AzureDevOps ? "AzureDevOps" : "Jira";

    /// <summary>How the token is sent, as configurations name it.</summary>
    public string AuthKind => Kind == TrackerKind.JiraDataCenter ? "Bearer" : "Basic";

    /// <summary>The user that goes with the token; null where none does.</summary>
    public string? AuthUser => Kind == TrackerKind.JiraCloud ? User : null;
}

/// <summary>How a stand-in is made.</summary>
internal sealed record StandInSource(TrackerKind Kind, Func<StandInContext, IStandIn> Create)
{
    /// <summary>The secret of a stand-in. It opens nothing but loopback, so that it may be the same on every start.</summary>
    public string Token => $"sandbox-{Kind}-token";
}
