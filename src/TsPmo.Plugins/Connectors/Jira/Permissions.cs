using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>What the account may do, in the tracker's own names.</summary>
internal static class Permissions
{
    /// <summary>Any of these is needed to write without mails.</summary>
    public static readonly IReadOnlyList<string> Administration = ["ADMINISTER_PROJECTS", "ADMINISTER"];

    /// <summary>What is needed to write into a target.</summary>
    public static IReadOnlyList<string> ToWrite(string target) => target.ToUpperInvariant() switch
    {
        "COMMENT" => ["ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"],
        "REMOTELINK" => ["LINK_ISSUES"],
        _ => ["EDIT_ISSUES"],
    };

    /// <summary>Those of the asked permissions that we have; null when the project or item is not there for us.</summary>
    public static async Task<HashSet<string>?> GrantedAsync(
        JiraClient client, JiraSession session, string of, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        // Data Center always tells all and has no such parameter.
        var only = session.IsCloud ? $"&permissions={string.Join(',', asked)}" : "";
        using var answer = await client.GetAsync($"{JiraClient.Api(session.IsCloud)}mypermissions?{of}{only}", cancellationToken, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound || answer.Root.ValueKind != JsonValueKind.Object)
            return null;
        var permissions = answer.Root.Member("permissions");
        return [.. asked.Where(p => permissions.Member(p).IsTrue("havePermission"))];
    }
}
