using System.Net;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Hyperlink;

/// <summary>Keeps one link to the console on a work item, with the status in one line beside it: a silent change that is bound to the revision that was looked at.</summary>
[Target("AzureDevOps", "Hyperlink")]
internal sealed class HyperlinkPublisher(AzureDevOpsClient client) : IPublisher
{
    private readonly AnchorItem _anchor = new(client);
    private readonly Silence _silence = new(client);

    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _anchor.FindAsync(request.Anchor, cancellationToken, relations: true);
            if (found.Item is not { } item)
                return request.Report is null ? Nothing() : Refused(found.Problem);
            var plan = Plan(request, item);
            return plan.Write is { } write
                ? await _silence.HeedAsync(request, item, await _anchor.ValidatedAsync(item, plan, Changes(write), cancellationToken), cancellationToken)
                : plan;
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (Kept.Read(write.Precondition, LinkJson.Default.LinkPrecondition) is not { } expected)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        try
        {
            return await WriteAsync(Kept.Read(write.Payload, LinkJson.Default.NotedLink), expected, cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Problem = AnchorItem.Explained(e), IsUncertain = e.IsUncertain };
        }
    }

    private static PublicationPlan Plan(PublicationRequest request, AnchorState item)
    {
        var ours = new LinkNote(request.Id);
        var last = Kept.Read(request.Last?.Written, LinkJson.Default.NotedLink);
        var wanted = request.Report is { Link: { } address } report ? ours.Write(report, address) : null;
        var standing = new StandingLinks(item).Find(ours, last?.Url, wanted?.Url);
        var plan = Nothing() with { Standing = standing?.Link.Shown(), Desired = wanted?.Shown(), RemoteId = standing?.Id };
        if (request.Report is not null && wanted is null)
            return plan with { Outcome = PlanOutcome.Refused, Problem = NoAddress(request) };
        var isUntouched = standing is null || ours.Vouches(standing.Link) || standing.Link == last;
        if (!isUntouched && !request.TakesOver)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, item) };
        if (standing is null && wanted is null)
            return plan;
        var says = isUntouched && request.Report is not null && standing is not null && ours.Says(standing.Link, request.Report) && standing.Link.Url == wanted?.Url;
        if (says)
            return plan with { Desired = plan.Standing, Written = Text(standing?.Link) };
        var kind = wanted is null ? PlanOutcome.Retract : standing is null ? PlanOutcome.Create : PlanOutcome.Update;
        var precondition = new LinkPrecondition(item.Id, item.Project, item.Revision, standing?.Index, standing?.Link);
        return plan with
        {
            Outcome = kind,
            Write = new(kind, request.Anchor, standing?.Id, Text(wanted), null, JsonSerializer.Serialize(precondition, LinkJson.Default.LinkPrecondition)),
        };
    }

    private static IReadOnlyList<ItemChange> Changes(PlannedWrite write)
    {
        var expected = Kept.Read(write.Precondition, LinkJson.Default.LinkPrecondition);
        return StandingLinks.Changes(expected?.Index, expected?.Standing, Kept.Read(write.Payload, LinkJson.Default.NotedLink));
    }

    private async Task<WriteResult> WriteAsync(NotedLink? wanted, LinkPrecondition expected, CancellationToken cancellationToken)
    {
        var item = new AnchorState(expected.Item, expected.Project, "", expected.Revision, default, default);
        var answer = await PatchAsync(item, expected.Index, expected.Standing, wanted, cancellationToken);
        if (answer.Status != HttpStatusCode.PreconditionFailed)
            return Written(wanted, AnchorState.Of(answer.Body));
        // Somebody changed the item in between, or our first attempt arrived and only its answer was lost.
        var found = await _anchor.FindAsync(expected.Item, cancellationToken, relations: true);
        if (found.Item is not { } now)
            return new() { Problem = found.Problem };
        var links = new StandingLinks(now);
        var standing = expected.Standing is { } before ? links.Find(before) : null;
        if (wanted is null ? standing is null : links.Find(wanted) is not null)
            return Written(wanted, now);
        if (expected.Standing is not null && standing is null)
            return new() { Problem = AnchorItem.Meanwhile(expected.Item) };
        answer = await PatchAsync(now, standing?.Index, standing?.Link, wanted, cancellationToken);
        return answer.Status == HttpStatusCode.PreconditionFailed ? new() { Problem = AnchorItem.Meanwhile(expected.Item) } : Written(wanted, AnchorState.Of(answer.Body));
    }

    private Task<ApiAnswer> PatchAsync(AnchorState item, int? index, NotedLink? standing, NotedLink? wanted, CancellationToken cancellationToken) =>
        _anchor.PatchAsync(item, StandingLinks.Changes(index, standing, wanted), validateOnly: false, cancellationToken, relations: true);

    private static WriteResult Written(NotedLink? wanted, AnchorState? item) => item is null
        ? AnchorItem.Unclear
        : new()
        {
            RemoteId = wanted is null ? null : new StandingLinks(item).Find(wanted)?.Id,
            Written = Text(wanted),
            Touched = item.Touched,
        };

    private static string? Text(NotedLink? link) => link is null ? null : JsonSerializer.Serialize(link, LinkJson.Default.NotedLink);

    private static PublicationPlan Nothing() => new() { Outcome = PlanOutcome.Unchanged, Quiet = true };

    private static PublicationPlan Refused(Problem? problem) => Nothing() with { Outcome = PlanOutcome.Refused, Problem = problem };

    private static Problem Edited(PublicationRequest request, AnchorState item) => new(
        "edited-by-a-person",
        $"On work item {item.Id} somebody changed our link, or made one to the same address; theirs stays.",
        "Decide on the console's page of publications which link stands, or remove the link to have it made anew.") { Scope = request.Id };

    private static Problem NoAddress(PublicationRequest request) => new(
        "no-console-address",
        $"The link of '{request.Id}' on work item {request.Anchor} has nowhere to lead to: the console's address is not configured.",
        "Set TsPmo:Console:PublicUrl to the address under which readers of the tracker reach the console.") { Scope = request.Id };
}
