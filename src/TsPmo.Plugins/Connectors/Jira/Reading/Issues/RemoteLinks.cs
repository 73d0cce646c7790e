using System.Net;
using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>Links to addresses outside. They cost a request per issue, so with the issues they are asked for only where a history tells of one that is not known yet, or that the issue may have come into sight with some.</summary>
internal sealed class RemoteLinks(JiraClient client, JiraSession session)
{
    /// <summary>Remote links by issue id.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(
        IEnumerable<string> ids, ChangelogMerge histories, DateTimeOffset? knownUntil, CancellationToken cancellationToken)
    {
        var due = ids.Where(id => knownUntil is null ? histories.RemoteLinksChanged(id) is not null : histories.RemoteLinksChanged(id) >= knownUntil || histories.CameIntoSight(id) >= knownUntil);
        var links = await Task.WhenAll(due.Select(async id => (Id: id, Links: await OfAsync(id, cancellationToken))));
        return links.Where(l => l.Links is not null).ToDictionary(l => l.Id, l => l.Links.GetValueOrDefault(), StringComparer.Ordinal);
    }

    /// <summary>
    /// An issue's links as an array; null where they are refused, as they are where linking is switched off; <see cref="LinkFacts.Failed"/> where Jira fails on those of this issue, which
    /// must not keep the others from being read.
    /// </summary>
    public async Task<JsonElement?> OfAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(id, cancellationToken);
        }
        catch (TrackerException e) when (e.Status is (int)HttpStatusCode.InternalServerError or (int)HttpStatusCode.BadRequest)
        {
            return JiraJson.Build(w => w.WriteStringValue(LinkFacts.Failed));
        }
    }

    private async Task<JsonElement?> AskAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync($"{JiraClient.Api(session.IsCloud)}issue/{id}/remotelink", cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
        if (answer.Status == HttpStatusCode.Forbidden)
            return null;
        return answer.Root.ValueKind == JsonValueKind.Array ? answer.Root.Clone() : JiraJson.Build(w =>
        {
            w.WriteStartArray();
            w.WriteEndArray();
        });
    }
}
