using System.Net;
using System.Text;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.RemoteLink;

/// <summary>Keeps one link to the console on an issue, with the status in one line. Jira mails nobody about links.</summary>
[Target("Jira", "RemoteLink")]
internal sealed class RemoteLinkPublisher(JiraClient client) : IPublisher
{
    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            var path = $"{Links(session, request.Anchor)}?globalId={Uri.EscapeDataString(LinkText.IdOf(request.Id))}";
            using var answer = await client.GetAsync(path, cancellationToken, HttpStatusCode.NotFound);
            var isThere = answer.Status != HttpStatusCode.NotFound;
            if (!isThere && request.Report is not null && !await Anchor.IsThereAsync(client, session, request.Anchor, cancellationToken))
                return Refused(Anchor.Missing(client.Name, request.Anchor));
            return Plan(request, isThere ? answer.Root : null);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken) =>
        new IssueWrites(client).DoAsync(write.Anchor, session => SendAsync(session, write, cancellationToken), cancellationToken);

    private static PublicationPlan Plan(PublicationRequest request, JsonElement? standing)
    {
        var plan = Nothing() with { Standing = standing is { } there ? LinkText.Of(there).Shown() : null, RemoteId = standing?.Text("id") };
        var isUntouched = standing is { } link && LinkText.IsUntouched(link);
        if (standing is not null && !isUntouched && !request.TakesOver)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request) };
        if (request.Report is not { } report)
            return standing is null ? plan : Planned(PlanOutcome.Retract, null);
        if (report.Link is not { } address)
            return plan with { Outcome = PlanOutcome.Refused, Problem = NoAddress(request) };
        var desired = LinkText.Of(report, address);
        plan = plan with { Desired = desired.Shown() };
        if (isUntouched && LinkText.Says(standing.GetValueOrDefault(), report) && LinkText.Of(standing.GetValueOrDefault()).Address == desired.Address)
            return plan with { Desired = plan.Standing, Written = plan.Standing };
        return Planned(standing is null ? PlanOutcome.Create : PlanOutcome.Update, desired.Body(request.Id, report));

        PublicationPlan Planned(PlanOutcome kind, string? payload) =>
            plan with { Outcome = kind, Write = new(kind, request.Anchor, plan.RemoteId, payload, null, null) };
    }

    private async Task<WriteResult> SendAsync(JiraSession session, PlannedWrite write, CancellationToken cancellationToken)
    {
        if (write.Payload is not { } payload)
        {
            using var removed = await client.RemoveAsync($"{Links(session, write.Anchor)}/{Uri.EscapeDataString(write.RemoteId ?? "")}", cancellationToken);
            return new();
        }

        // The global id makes a second request change what the first one made.
        using var answer = await client.UpsertAsync(Links(session, write.Anchor), Encoding.UTF8.GetBytes(payload), cancellationToken);
        using var body = JsonDocument.Parse(payload);
        return new() { RemoteId = answer.Root.Text("id") ?? write.RemoteId, Written = LinkText.Of(body.RootElement).Shown() };
    }

    private static string Links(JiraSession session, string anchor) => $"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}/remotelink";

    private static PublicationPlan Nothing() => new() { Outcome = PlanOutcome.Unchanged, Quiet = true };

    private static PublicationPlan Refused(Problem problem) => Nothing() with { Outcome = PlanOutcome.Refused, Problem = problem };

    private static Problem Edited(PublicationRequest request) => new(
        "edited-by-hand",
        $"Somebody changed the link of '{request.Id}' on {request.Anchor}; it is left as it is.",
        "Decide on the console's page of publications which link stands, or delete the link in Jira to have it made anew.") { Scope = request.Id };

    private static Problem NoAddress(PublicationRequest request) => new(
        "no-console-address",
        $"The link of '{request.Id}' on {request.Anchor} has nowhere to lead to: the console's address is not configured.",
        "Set TsPmo:Console:PublicUrl to the address under which readers of the tracker reach the console.") { Scope = request.Id };
}
