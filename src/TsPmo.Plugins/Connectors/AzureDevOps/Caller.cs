using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Whom the tracker takes us for, and what it says of itself.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="IsAnonymous">Whether it is nobody's.</param>
/// <param name="Account">The account's id.</param>
/// <param name="IsService">Whether it is the service, and no server on premises.</param>
internal sealed record Caller(string? Name, bool IsAnonymous, string? Account, bool IsService)
{
    /// <summary>Services or Server.</summary>
    public string Product => IsService ? "Azure DevOps Services" : "Azure DevOps Server";

    public static Caller Of(JsonElement connection)
    {
        var user = connection.Child("authenticatedUser");
        var name = user.Text("providerDisplayName");
        var descriptor = user.Text("subjectDescriptor") ?? user.Text("descriptor");
        return new(
            user.Child("properties").Child("Account").Text("$value") ?? user.Text("uniqueName") ?? name,
            user is null || Is(name, "Anonymous") || descriptor?.Contains("Anonymous", StringComparison.OrdinalIgnoreCase) == true,
            user.Text("id"),
            Is(connection.Text("deploymentType"), "hosted"));
    }

    private static bool Is(string? text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
