using System.Text;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;
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

    // The marker is written below the lines.
    private const int LongestText = 30_000;

    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            var comments = new StandingComments(client, session);
            var standing = request.Last?.RemoteId is { } id ? await comments.GetAsync(request.Anchor, id, cancellationToken) : null;
            if (standing is null)
            {
                (var isThere, standing) = await comments.FindAsync(request.Anchor, PlainText.OneLine(request.Id), cancellationToken);
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
        if (standing is { IsUntouched: false } && !request.TakesOver)
            return Conflict(request, standing, report);
        var plan = new PublicationPlan { Outcome = PlanOutcome.Unchanged, Standing = standing?.Text, RemoteId = standing?.Id };
        if (standing is { IsUntouched: true } && standing.Marker?.ReportHash == Fingerprint.Short(report.ContentHash))
            return plan with { Desired = standing.Text, Written = standing.Text };
        var isInternal = standing is null && await IsServiceDeskAsync(session, request.Anchor, cancellationToken);
        var (lines, payload) = PlainText.Fitting(LongestText, Written, written => written.Payload.Length <= Longest);
        plan = plan with { Desired = PlainText.Join(lines) };
        var quiet = await IsQuietAsync(session, request, standing, cancellationToken);
        if (!quiet.IsAllowed)
            return plan with { Outcome = PlanOutcome.Refused, Quiet = false, Problem = Loudness.NotAllowed(client, request, "comment") };
        var kind = standing is null ? PlanOutcome.Create : PlanOutcome.Update;
        return plan with { Outcome = kind, Quiet = quiet.Value, Write = new(kind, request.Anchor, standing?.Id, payload, null, null) };

        (IReadOnlyList<string> Lines, string Payload) Written(int longest)
        {
            var text = Lines(request.Id, report, longest);
            return (text, Body(session, text, isInternal));
        }
    }

    /// <summary>The lines of a report and our marker.</summary>
    private static IReadOnlyList<string> Lines(string publication, StatusReport report, int longest)
    {
        var lines = PlainText.Lines(report, longest);
        return [.. lines, CommentMarker.For(PlainText.OneLine(publication), report.ContentHash, lines).ToString()];
    }

    private static PublicationPlan TakeBack(PublicationRequest request, StandingComment? standing)
    {
        if (standing is null)
            return new() { Outcome = PlanOutcome.Unchanged };
        if (!standing.IsUntouched && !request.TakesOver)
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
        var isQuiet = await Loudness.MaySilenceAsync(client, session, request.Anchor, cancellationToken);
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
            PlanOutcome.Update => await client.ChangeAsync(session.IsCloud ? $"{one}?{Loudness.Silent}" : one, body, cancellationToken),
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
        Desired = report is null ? null : PlainText.Join(Lines(request.Id, report, LongestText)),
        RemoteId = standing.Id,
        Problem = new(
            "edited-by-hand",
            $"Somebody edited the comment of '{request.Id}' on {request.Anchor}; it is left as it is.",
            "Decide on the console's page of publications whose text stands, or delete the comment in Jira to have it written anew.") { Scope = request.Id },
    };
}
