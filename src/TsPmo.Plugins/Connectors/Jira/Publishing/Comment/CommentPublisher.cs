using System.Text;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Comment;

/// <summary>
/// One comment per publication: made once, edited ever after. In the cloud making it sends mail and editing it does not; Data Center sends mail
/// for both, so there it is written only where notifications are allowed.
/// </summary>
[Target("Jira", "Comment")]
internal sealed class CommentPublisher(JiraClient client) : IPublisher
{
    private const int Longest = 32_767;
    private const int MostOftenMade = 2;

    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            var comments = new StandingComments(client, session);
            var standing = request.Last?.RemoteId is { } id ? await comments.GetAsync(request.Anchor, id, cancellationToken) : null;
            if (standing is null)
            {
                (var isThere, standing) = await comments.FindAsync(request.Anchor, CommentText.OneLine(request.Id), cancellationToken);
                if (!isThere)
                    return request.Report is null ? new() { Outcome = PlanOutcome.Unchanged } : Refused(Anchor.Missing(client.Name, request.Anchor));
            }

            return request.Report is { } report
                ? await WriteAsync(session, request, report, standing, cancellationToken)
                : TakeBack(request, standing);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    public Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken) =>
        new IssueWrites(client).DoAsync(write.Anchor, session => SendAsync(session, write, cancellationToken), cancellationToken);

    private async Task<PublicationPlan> WriteAsync(
        JiraSession session, PublicationRequest request, StatusReport report, StandingComment? standing, CancellationToken cancellationToken)
    {
        if (standing is { IsUntouched: false })
            return Conflict(request, standing, report);
        var made = standing?.Marker?.Made ?? (CommentMarker.In(request.Last?.Written)?.Made ?? 0) + 1;
        var lines = CommentText.Lines(request.Id, report, made);
        var plan = new PublicationPlan { Outcome = PlanOutcome.Unchanged, Standing = standing?.Text, Desired = CommentText.Join(lines), RemoteId = standing?.Id };
        if (standing?.Marker?.ReportHash == Fingerprint.Short(report.ContentHash))
            return plan with { Desired = standing.Text, Written = standing.Text };
        if (made > MostOftenMade)
            return plan with { Outcome = PlanOutcome.Refused, Problem = Unwanted(request) };
        var quiet = await IsQuietAsync(session, request, standing, cancellationToken);
        if (!quiet.IsAllowed)
            return plan with { Outcome = PlanOutcome.Refused, Quiet = false, Problem = Loud(request) };
        var payload = Body(session, lines, isInternal: standing is null && await IsServiceDeskAsync(session, request.Anchor, cancellationToken));
        if (payload.Length > Longest)
            return plan with { Outcome = PlanOutcome.Refused, Problem = TooLong(request) };
        var kind = standing is null ? PlanOutcome.Create : PlanOutcome.Update;
        return plan with { Outcome = kind, Quiet = quiet.Value, Write = new(kind, request.Anchor, standing?.Id, payload, null, null) };
    }

    private static PublicationPlan TakeBack(PublicationRequest request, StandingComment? standing)
    {
        if (standing is null)
            return new() { Outcome = PlanOutcome.Unchanged };
        if (!standing.IsUntouched)
            return Conflict(request, standing, report: null);
        return new()
        {
            Outcome = PlanOutcome.Retract,
            Standing = standing.Text,
            RemoteId = standing.Id,
            Write = new(PlanOutcome.Retract, request.Anchor, standing.Id, null, standing.Text, null),
        };
    }

    /// <summary>A first comment in the cloud is loud by nature, known beforehand and allowed; everything else loud needs the admin's word.</summary>
    private async Task<(bool IsAllowed, bool? Value)> IsQuietAsync(
        JiraSession session, PublicationRequest request, StandingComment? standing, CancellationToken cancellationToken)
    {
        if (!session.IsCloud)
            return (request.AllowNotifications, false);
        if (standing is null)
            return (true, false);
        var granted = await Permissions.GrantedAsync(client, session, Anchor.Query(request.Anchor), Permissions.Administration, cancellationToken);
        var isQuiet = granted is { Count: > 0 };
        return (isQuiet || request.AllowNotifications, isQuiet);
    }

    private async Task<bool> IsServiceDeskAsync(JiraSession session, string anchor, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync($"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}?fields=project", cancellationToken);
        return answer.Root.Member("fields").Member("project").Text("projectTypeKey") == "service_desk";
    }

    /// <summary>The body of the request. On a service desk the comment is internal: customers are no readers of a PMO.</summary>
    private static string Body(JiraSession session, IReadOnlyList<string> lines, bool isInternal) => JiraJson.Build(w =>
    {
        w.WriteStartObject();
        w.WritePropertyName("body");
        if (session.IsCloud)
            AtlassianDocument.Write(w, lines);
        else
            w.WriteStringValue(WikiText.Write(lines));
        if (isInternal)
        {
            w.WriteStartArray("properties");
            w.WriteStartObject();
            w.WriteString("key", "sd.public.comment");
            w.WriteStartObject("value");
            w.WriteBoolean("internal", true);
            w.WriteEndObject();
            w.WriteEndObject();
            w.WriteEndArray();
        }

        w.WriteEndObject();
    }).GetRawText();

    private async Task<WriteResult> SendAsync(JiraSession session, PlannedWrite write, CancellationToken cancellationToken)
    {
        var path = $"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(write.Anchor)}/comment";
        var one = $"{path}/{Uri.EscapeDataString(write.RemoteId ?? "")}";
        var body = Encoding.UTF8.GetBytes(write.Payload ?? "");
        using var answer = write.Kind switch
        {
            PlanOutcome.Create => await client.CreateAsync(path, body, cancellationToken),
            PlanOutcome.Update => await client.ReplaceAsync(session.IsCloud ? one + "?notifyUsers=false" : one, body, cancellationToken),
            _ => await client.RemoveAsync(one, cancellationToken),
        };
        if (write.Kind == PlanOutcome.Retract)
            return new();
        var comment = new StandingComments(client, session).Read(answer.Root)
            ?? throw new TrackerException(client.Unexpected("an answer without the comment that was written")) { IsUncertain = true };
        return new() { RemoteId = comment.Id, Written = comment.Text };
    }

    private static PublicationPlan Refused(Problem problem) => new() { Outcome = PlanOutcome.Refused, Problem = problem };

    private static PublicationPlan Conflict(PublicationRequest request, StandingComment standing, StatusReport? report) => new()
    {
        Outcome = PlanOutcome.Conflict,
        Standing = standing.Text,
        Desired = report is null ? null : CommentText.Join(CommentText.Lines(request.Id, report, 1)),
        RemoteId = standing.Id,
        Problem = new(
            "edited-by-hand",
            $"Somebody edited the comment of '{request.Id}' on {request.Anchor}; it is left as it is.",
            "Delete the comment in Jira to have it written anew, or take the publication out of the configuration.") { Scope = request.Id },
    };

    private Problem Loud(PublicationRequest request) => new(
        "notifications-not-allowed",
        $"Writing the comment of '{request.Id}' on {request.Anchor} would send mail, and notifications are not allowed.",
        $"Use the target Property, or allow notifications. In Jira Cloud edits are silent where the account of '{client.Name}' may administer the project.") { Scope = request.Id };

    private static Problem Unwanted(PublicationRequest request) => new(
        "comment-deleted",
        $"The comment of '{request.Id}' on {request.Anchor} was deleted again after it had been made anew; it is not made a third time.",
        "Take the publication out of the configuration, or run retract and publish to begin afresh.") { Scope = request.Id };

    private static Problem TooLong(PublicationRequest request) => new(
        "too-long", $"The comment of '{request.Id}' would be longer than Jira allows.", "Shorten the report's template.") { Scope = request.Id };
}
