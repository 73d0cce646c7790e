using System.Net;
using System.Text;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Property;

/// <summary>An issue property: invisible to people, silent, readable by programs.</summary>
[Target("Jira", "Property")]
internal sealed class PropertyPublisher(JiraClient client) : IPublisher
{
    private const int Longest = 32_768;
    private const int LongestKey = 255;
    private const string Prefix = "tspmo.status.";

    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.SessionAsync(cancellationToken);
            using var answer = await client.GetAsync(Path(session, request.Anchor, KeyOf(request.Id)), cancellationToken, HttpStatusCode.NotFound);
            var isThere = answer.Status != HttpStatusCode.NotFound;
            if (!isThere && request.Report is not null && !await Anchor.IsThereAsync(client, session, request.Anchor, cancellationToken))
                return new() { Outcome = PlanOutcome.Refused, Problem = Anchor.Missing(client.Name, request.Anchor) };
            return Plan(request, isThere ? answer.Root.Member("value") : null);
        }
        catch (TrackerException e)
        {
            return new() { Outcome = PlanOutcome.Refused, Problem = e.Problem };
        }
    }

    public Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken) =>
        new IssueWrites(client).DoAsync(write.Anchor, session => SendAsync(session, write, cancellationToken), cancellationToken);

    /// <summary>The key of a publication's property.</summary>
    public static string KeyOf(string publication)
    {
        var key = Prefix + string.Concat(publication.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '.'));
        return key.Length <= LongestKey ? key : key[..(LongestKey - Fingerprint.Length)] + Fingerprint.Of(publication);
    }

    private static PublicationPlan Plan(PublicationRequest request, JsonElement? standing)
    {
        var shown = standing is { } there ? PropertyValue.Shown(there) : null;
        var id = standing is null ? null : KeyOf(request.Id);
        var isUntouched = standing is { } value && PropertyValue.IsOf(value, request.Id) && PropertyValue.IsUntouched(value);
        if (standing is not null && !isUntouched && !request.TakesOver)
            return new() { Outcome = PlanOutcome.Conflict, Standing = standing is { } edited ? PropertyValue.Whole(edited) : null, RemoteId = id, Problem = Edited(request) };
        if (request.Report is not { } report)
            return TakeBack(request, standing, shown);
        var payload = PlainText.Fitting(Longest, length => PropertyValue.Of(request.Id, report, length), p => Encoding.UTF8.GetByteCount(p) <= Longest);
        using var desired = JsonDocument.Parse(payload);
        var plan = new PublicationPlan { Outcome = PlanOutcome.Unchanged, Standing = shown, Desired = shown, Quiet = true, RemoteId = id };
        if (isUntouched && standing?.Text("contentHash") == report.ContentHash)
            return plan with { Written = standing?.GetRawText() };
        plan = plan with { Desired = PropertyValue.Shown(desired.RootElement) };
        var kind = standing is null ? PlanOutcome.Create : PlanOutcome.Update;
        return plan with { Outcome = kind, Write = new(kind, request.Anchor, KeyOf(request.Id), payload, null, null) };
    }

    private static PublicationPlan TakeBack(PublicationRequest request, JsonElement? standing, string? shown) => standing is { } value
        ? new()
        {
            Outcome = PlanOutcome.Retract,
            Standing = shown,
            Quiet = true,
            RemoteId = KeyOf(request.Id),
            Write = new(PlanOutcome.Retract, request.Anchor, KeyOf(request.Id), null, value.GetRawText(), null),
        }
        : new() { Outcome = PlanOutcome.Unchanged, Quiet = true };

    private async Task<WriteResult> SendAsync(JiraSession session, PlannedWrite write, CancellationToken cancellationToken)
    {
        var path = Path(session, write.Anchor, write.RemoteId ?? "");
        using var answer = write.Payload is { } payload
            ? await client.ReplaceAsync(path, Encoding.UTF8.GetBytes(payload), cancellationToken)
            : await client.RemoveAsync(path, cancellationToken);
        return write.Payload is null ? new() : new() { RemoteId = write.RemoteId, Written = write.Payload };
    }

    private static string Path(JiraSession session, string anchor, string key) =>
        $"{JiraClient.Api(session.IsCloud)}issue/{Anchor.Path(anchor)}/properties/{Uri.EscapeDataString(key)}";

    private static Problem Edited(PublicationRequest request) => new(
        "edited-by-hand",
        $"The property of '{request.Id}' on {request.Anchor} was changed by somebody else; it is left as it is.",
        "Decide on the console's page of publications whose value stands, or delete the property to have it written anew.") { Scope = request.Id };
}
