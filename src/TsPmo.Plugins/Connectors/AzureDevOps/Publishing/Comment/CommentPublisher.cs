using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>
/// Keeps one comment of a work item current. Every comment and every edit of one may be mailed and nothing silences it, so it is only written where
/// that is allowed; taking our own comment away always is.
/// </summary>
[Target("AzureDevOps", "Comment")]
internal sealed class CommentPublisher(AzureDevOpsClient client) : IPublisher
{
    private readonly AnchorItem _anchor = new(client);
    private readonly Discussion _discussion = new(client);

    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _anchor.FindAsync(request.Anchor, cancellationToken);
            if (found.Item is not { } item)
                return request.Report is null ? Nothing() : Refused(found.Problem);
            var place = new CommentPlace(item.Id, item.Project);
            var ours = new CommentText(request.Id);
            var standing = await StandingAsync(request, place, ours, cancellationToken);
            return request.Report is { } report ? PlanWrite(request, report, place, ours, standing) : PlanRetract(request, place, ours, standing);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (PublishingJson.Read(write.Precondition, PublishingJson.Default.CommentPlace) is not { } place)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        try
        {
            var (id, text) = await WriteAsync(write, place, cancellationToken);
            return new() { RemoteId = id, Written = text, Touched = await TouchedAsync(place, cancellationToken) };
        }
        catch (TrackerException e)
        {
            return new() { Problem = e.Problem, IsUncertain = e.IsUncertain };
        }
    }

    private async Task<JsonElement?> StandingAsync(PublicationRequest request, CommentPlace place, CommentText ours, CancellationToken cancellationToken) =>
        request.Last?.RemoteId is { } id && await _discussion.FindAsync(place, id, cancellationToken) is { } known
            ? known
            : await _discussion.SearchAsync(place, ours, cancellationToken);

    private static PublicationPlan PlanWrite(PublicationRequest request, StatusReport report, CommentPlace place, CommentText ours, JsonElement? standing)
    {
        var (text, desired) = (standing.Text("text"), ours.Write(report));
        var plan = Nothing() with { Standing = text, Desired = desired, RemoteId = standing.Text("id") };
        if (standing is null)
            return Allowed(request, plan, new(PlanOutcome.Create, request.Anchor, null, desired, null, Place(place)));
        if (!IsUntouched(request, ours, text))
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, place) };
        return ours.Says(text, report)
            ? plan with { Written = text }
            : Allowed(request, plan, new(PlanOutcome.Update, request.Anchor, plan.RemoteId, desired, null, Place(place)));
    }

    private static PublicationPlan PlanRetract(PublicationRequest request, CommentPlace place, CommentText ours, JsonElement? standing)
    {
        if (standing is null)
            return Nothing();
        var plan = Nothing() with { Standing = standing.Text("text"), RemoteId = standing.Text("id") };
        return IsUntouched(request, ours, plan.Standing)
            ? plan with { Outcome = PlanOutcome.Retract, Write = new(PlanOutcome.Retract, request.Anchor, plan.RemoteId, null, null, Place(place)) }
            : plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, place) };
    }

    /// <summary>The check in the marker needs no memory of ours; what the ledger holds covers a server that rewrites what it is sent.</summary>
    private static bool IsUntouched(PublicationRequest request, CommentText ours, string? text) =>
        ours.Vouches(text) || (request.Last?.Written is { } written && CommentText.Same(text, written));

    private async Task<(string? Id, string? Text)> WriteAsync(PlannedWrite write, CommentPlace place, CancellationToken cancellationToken)
    {
        if (write is { Kind: PlanOutcome.Retract, RemoteId: { } removed })
        {
            await _discussion.RemoveAsync(place, removed, cancellationToken);
            return (null, null);
        }

        var text = write.Payload ?? "";
        var answer = write.RemoteId is { } id
            ? await _discussion.EditAsync(place, id, text, cancellationToken)
            : await _discussion.AddAsync(place, text, cancellationToken);
        return (answer.Text("id") ?? write.RemoteId, answer.Text("text") ?? text);
    }

    /// <summary>A comment is a revision of its item. If that cannot be read now, the next pass reads it as any other.</summary>
    private async Task<TouchedItem?> TouchedAsync(CommentPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return (await _anchor.FindAsync(place.Item, cancellationToken)).Item?.Touched;
        }
        catch (TrackerException)
        {
            return null;
        }
    }

    private static PublicationPlan Allowed(PublicationRequest request, PublicationPlan plan, PlannedWrite write) => request.AllowNotifications
        ? plan with { Outcome = write.Kind, Write = write }
        : plan with { Outcome = PlanOutcome.Refused, Problem = Loud(request) };

    private static string Place(CommentPlace place) => JsonSerializer.Serialize(place, PublishingJson.Default.CommentPlace);

    private static PublicationPlan Nothing() => new() { Outcome = PlanOutcome.Unchanged, Quiet = false };

    private static PublicationPlan Refused(Problem? problem) => Nothing() with { Outcome = PlanOutcome.Refused, Problem = problem };

    private static Problem Loud(PublicationRequest request) => new(
        "loud-target",
        $"Publication '{request.Id}' would write a comment, and Azure DevOps mails about comments.",
        "Set TsPmo:Publishing:AllowNotifications to true to accept that, or use the target Fields, which is silent.")
    {
        Scope = request.Id,
    };

    private static Problem Edited(PublicationRequest request, CommentPlace place) => new(
        "edited-by-a-person",
        $"Somebody changed our comment on work item {place.Item}; their text stays.",
        "Put our text back or delete the comment to let us go on.")
    {
        Scope = request.Id,
    };
}
