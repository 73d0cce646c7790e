using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Comment;

/// <summary>
/// Keeps one comment of a work item current. Every comment and every edit of one may be mailed and nothing silences it, so it is only written where
/// that is allowed; taking our own comment away always is.
/// </summary>
[Target("AzureDevOps", "Comment")]
internal sealed class CommentPublisher(AzureDevOpsClient client) : IPublisher
{
    private const int Longest = 30_000;

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
            var ours = new MarkedReport(request.Id);
            var standing = await StandingAsync(request, place, ours, cancellationToken);
            return request.Report is { } report
                ? PlanWrite(request, place, ours, new(report, await DesiredAsync(ours, report, cancellationToken)), standing)
                : PlanRetract(request, place, ours, standing);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (Kept.Read(write.Precondition, CommentJson.Default.CommentPlace) is not { } place)
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

    private async Task<JsonElement?> StandingAsync(PublicationRequest request, CommentPlace place, MarkedReport ours, CancellationToken cancellationToken) =>
        request.Last?.RemoteId is { } id && await _discussion.FindAsync(place, id, cancellationToken) is { } known
            ? known
            : await _discussion.SearchAsync(place, ours, cancellationToken);

    /// <summary>Only the service takes Markdown; a server on premises keeps every comment as HTML.</summary>
    private async Task<string> DesiredAsync(MarkedReport ours, StatusReport report, CancellationToken cancellationToken) =>
        await _discussion.TakesMarkdownAsync(cancellationToken) ? ours.Markdown(report, Longest) : ours.Html(report, Longest);

    private static PublicationPlan PlanWrite(PublicationRequest request, CommentPlace place, MarkedReport ours, Wording wording, JsonElement? standing)
    {
        var (text, desired) = (standing.Text("text"), wording.Text);
        var plan = Nothing() with { Standing = text, Desired = desired, RemoteId = standing.Text("id") };
        if (standing is null)
            return Allowed(request, plan, new(PlanOutcome.Create, request.Anchor, null, desired, null, Place(place)));
        var isUntouched = IsUntouched(request, ours, text);
        if (!isUntouched && !request.TakesOver)
            return plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, place) };
        return isUntouched && ours.Says(text, wording.Report)
            ? plan with { Written = text }
            : Allowed(request, plan, new(PlanOutcome.Update, request.Anchor, plan.RemoteId, desired, null, Place(place)));
    }

    private static PublicationPlan PlanRetract(PublicationRequest request, CommentPlace place, MarkedReport ours, JsonElement? standing)
    {
        if (standing is null)
            return Nothing();
        var plan = Nothing() with { Standing = standing.Text("text"), RemoteId = standing.Text("id") };
        return request.TakesOver || IsUntouched(request, ours, plan.Standing)
            ? plan with { Outcome = PlanOutcome.Retract, Write = new(PlanOutcome.Retract, request.Anchor, plan.RemoteId, null, null, Place(place)) }
            : plan with { Outcome = PlanOutcome.Conflict, Problem = Edited(request, place) };
    }

    /// <summary>The check in the marker needs no memory of ours; what the ledger holds covers a server that rewrites what it is sent.</summary>
    private static bool IsUntouched(PublicationRequest request, MarkedReport ours, string? text) =>
        ours.Vouches(text) || (request.Last?.Written is { } written && MarkedReport.Same(text, written));

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

    /// <summary>What is to be said, and in which words.</summary>
    private sealed record Wording(StatusReport Report, string Text);

    private static string Place(CommentPlace place) => JsonSerializer.Serialize(place, CommentJson.Default.CommentPlace);

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
