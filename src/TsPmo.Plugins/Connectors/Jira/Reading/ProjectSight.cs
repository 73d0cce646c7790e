using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Whether a project shows itself. What is hidden from us looks like what is missing; any other answer than the project's own is a failure.</summary>
internal static class ProjectSight
{
    /// <summary>The project as it tells of itself; null where it does not.</summary>
    public static async Task<JsonElement?> OfAsync(JiraClient client, JiraSession session, string project, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(
            $"{JiraClient.Api(session.IsCloud)}project/{Uri.EscapeDataString(project)}", cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        if (answer.Status != HttpStatusCode.OK)
            return null;
        return answer.Root.Text("key") is { Length: > 0 } ? answer.Root.Clone() : throw new TrackerException(client.Unexpected("a project without a key"));
    }
}
