using System.Net;
using System.Text;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Fields;

/// <summary>
/// Writes figures into fields of an issue, all of them in one edit that mails nobody. Jira knows no condition on an edit, so what stood there is looked at
/// once more right before. A value that is neither what we wrote nor what we want is a person's and stays.
/// </summary>
[Target("Jira", "Fields")]
internal sealed class FieldsPublisher(JiraClient client) : IPublisher
{
    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            return request.Report is { } report
                ? await PlanWriteAsync(session, request, report, cancellationToken)
                : await PlanRetractAsync(session, request, cancellationToken);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (Kept.Read(write.Payload, FieldJson.Default.FieldWrite) is not { } fields || Kept.Read(write.Precondition, FieldJson.Default.FieldPrecondition) is not { } expected)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        return await new IssueWrites(client).DoAsync(write.Anchor, session => WriteAsync(session, write.Anchor, fields, expected, cancellationToken), cancellationToken);
    }

    private async Task<PublicationPlan> PlanWriteAsync(JiraSession session, PublicationRequest request, StatusReport report, CancellationToken cancellationToken)
    {
        using var meta = await client.GetAsync($"{Issue(session, request.Anchor)}/editmeta", cancellationToken, HttpStatusCode.NotFound);
        if (meta.Status == HttpStatusCode.NotFound)
            return Refused(Anchor.Missing(client.Name, request.Anchor));
        var (desired, problem) = new EditableFields(request.Anchor, session.IsCloud, meta.Root).Fill(report.Fields);
        if (problem is not null)
            return Refused(problem);
        return await StandingAsync(session, request.Anchor, desired.Keys.Concat(FieldComparison.Remembered(request)), cancellationToken) is { } issue
            ? await QuietAsync(session, request, new FieldComparison(request, issue, desired).Plan(), cancellationToken)
            : Refused(Anchor.Missing(client.Name, request.Anchor));
    }

    private async Task<PublicationPlan> PlanRetractAsync(JiraSession session, PublicationRequest request, CancellationToken cancellationToken)
    {
        // With the issue everything that we wrote into it is gone.
        return request.Last is not null && await StandingAsync(session, request.Anchor, FieldComparison.Remembered(request), cancellationToken) is { } issue
            ? await QuietAsync(session, request, new FieldComparison(request, issue, new Dictionary<string, string?>()).Plan(), cancellationToken)
            : new() { Outcome = PlanOutcome.Unchanged, Quiet = true };
    }

    /// <summary>The plan with what is known of its loudness. Taking back waits for nobody's permission.</summary>
    private async Task<PublicationPlan> QuietAsync(JiraSession session, PublicationRequest request, PublicationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Write is not { } write || Kept.Read(write.Precondition, FieldJson.Default.FieldPrecondition) is not { } expected)
            return plan;
        if (await Loudness.MaySilenceAsync(client, session, request.Anchor, cancellationToken))
            return plan;
        return request.AllowNotifications || request.Report is null
            ? plan with { Quiet = false, Write = write with { Precondition = JsonSerializer.Serialize(expected with { IsQuiet = false }, FieldJson.Default.FieldPrecondition) } }
            : plan with { Quiet = false, Outcome = PlanOutcome.Refused, Write = null, Problem = Loudness.NotAllowed(client, request, "fields") };
    }

    private async Task<WriteResult> WriteAsync(JiraSession session, string anchor, FieldWrite fields, FieldPrecondition expected, CancellationToken cancellationToken)
    {
        var all = fields.All();
        if (await StandingAsync(session, anchor, all.Keys, cancellationToken) is not { } standing)
            return new() { Problem = Anchor.Missing(client.Name, anchor) };
        // Our first attempt arrived and only its answer was lost.
        if (all.All(f => standing.Says(f.Key, f.Value)))
            return Written(fields, standing);
        if (!expected.Standing.All(s => standing.Same(s.Key, standing.Value(s.Key), s.Value)))
            return new() { Problem = Meanwhile(anchor) };
        var path = Issue(session, anchor) + (expected.IsQuiet ? $"?{Loudness.Silent}" : "");
        using var answer = await client.ReplaceAsync(path, Encoding.UTF8.GetBytes(Body(all)), cancellationToken);
        return Written(fields, await AfterAsync(session, anchor, all.Keys, cancellationToken));
    }

    private static WriteResult Written(FieldWrite fields, IssueState issue) => new() { RemoteId = issue.Item, Written = fields.Standing(issue) };

    /// <summary>What stands after the write. If that cannot be read, it is not known what became of the write.</summary>
    private async Task<IssueState> AfterAsync(JiraSession session, string anchor, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        try
        {
            return await StandingAsync(session, anchor, fields, cancellationToken) ?? throw new TrackerException(Anchor.Missing(client.Name, anchor));
        }
        catch (TrackerException e)
        {
            throw new TrackerException(e.Problem, e.Status) { IsUncertain = true };
        }
    }

    private async Task<IssueState?> StandingAsync(JiraSession session, string anchor, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        var names = string.Join(',', fields.Concat(["project", "updated"]).Distinct(StringComparer.Ordinal).Select(Uri.EscapeDataString));
        using var answer = await client.GetAsync($"{Issue(session, anchor)}?fields={names}", cancellationToken, HttpStatusCode.NotFound);
        return answer.Status == HttpStatusCode.NotFound ? null : new(answer.Root.Clone());
    }

    private static string Body(IReadOnlyDictionary<string, string?> fields) => JiraJson.Build(w =>
    {
        w.WriteStartObject();
        w.WriteStartObject("fields");
        foreach (var (field, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            w.WritePropertyName(field);
            w.WriteRawValue(value ?? "null");
        }

        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();

    private static string Issue(JiraSession session, string anchor) => $"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}";

    private static PublicationPlan Refused(Problem problem) => new() { Outcome = PlanOutcome.Refused, Quiet = true, Problem = problem };

    private static Problem Meanwhile(string anchor) => new(
        "changed-meanwhile", $"Issue {anchor} was changed while it was being written; nothing was written.", "The next run looks again.") { Scope = anchor, Retryable = true };
}
