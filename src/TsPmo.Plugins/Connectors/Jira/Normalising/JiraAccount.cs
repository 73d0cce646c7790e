using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>The lasting id of a user: the account id of the cloud, the user key of Data Center.</summary>
internal static class JiraAccount
{
    /// <summary>The id; null where there is no user.</summary>
    public static string? Of(JsonElement user) => NonEmpty(user.Text("accountId")) ?? NonEmpty(user.Text("key")) ?? NonEmpty(user.Text("name"));

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
