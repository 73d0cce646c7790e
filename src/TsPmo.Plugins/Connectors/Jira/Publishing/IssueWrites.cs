using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Publishing;

/// <summary>Does one write on an issue and tells what the issue's last update was before and after it.</summary>
internal sealed class IssueWrites(JiraClient client)
{
    /// <param name="anchor">The issue.</param>
    /// <param name="write">Sends the write and gives its result.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<WriteResult> DoAsync(string anchor, Func<JiraSession, Task<WriteResult>> write, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            var before = await LookAsync(session, anchor, cancellationToken);
            var result = await write(session);
            return result with { Touched = await TouchedAsync(session, anchor, before, cancellationToken) };
        }
        catch (TrackerException e)
        {
            return new() { Problem = e.Problem, IsUncertain = e.IsUncertain };
        }
    }

    private async Task<TouchedItem?> TouchedAsync(JiraSession session, string anchor, TouchedItem? before, CancellationToken cancellationToken)
    {
        try
        {
            return before is not null && await LookAsync(session, anchor, cancellationToken) is { } after ? after with { VersionBefore = before.Version } : null;
        }
        catch (TrackerException)
        {
            // The write is done; without this the next pass merely reads the issue once more.
            return null;
        }
    }

    private async Task<TouchedItem?> LookAsync(JiraSession session, string anchor, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync($"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}?fields=updated", cancellationToken);
        return answer.Root.Text("id") is { } id && JiraTime.Instant(answer.Root.Member("fields").Member("updated")) is { } updated
            ? new(id, updated, updated.ToUnixTimeMilliseconds())
            : null;
    }
}
