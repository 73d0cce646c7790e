using System.Net;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>
/// Writes figures into fields of a work item: one silent change of all fields together, bound to the revision that was looked at.
/// A value that is neither what we wrote nor what we want is a person's and stays.
/// </summary>
[Target("AzureDevOps", "Fields")]
internal sealed class FieldsPublisher(AzureDevOpsClient client) : IPublisher
{
    private readonly AnchorItem _anchor = new(client);
    private readonly FieldCatalogue _catalogue = new(client);

    /// <inheritdoc/>
    public async Task<PublicationPlan> PlanAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Report is { } report
                ? await PlanWriteAsync(request, report, cancellationToken)
                : await PlanRetractAsync(request, cancellationToken);
        }
        catch (TrackerException e)
        {
            return Refused(e.Problem);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteResult> ApplyAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (PublishingJson.Read(write.Payload, PublishingJson.Default.FieldWrite) is not { } fields
            || PublishingJson.Read(write.Precondition, PublishingJson.Default.FieldPrecondition) is not { } expected)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        try
        {
            return await WriteAsync(fields, expected, cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Problem = Explained(e), IsUncertain = e.IsUncertain };
        }
    }

    private async Task<PublicationPlan> PlanWriteAsync(PublicationRequest request, StatusReport report, CancellationToken cancellationToken)
    {
        var found = await _anchor.FindAsync(request.Anchor, cancellationToken);
        if (found.Item is not { } item)
            return Refused(found.Problem);
        var (desired, unknown) = await _catalogue.ResolveAsync(item, report.Fields.ToDictionary(f => f.Key, f => (string?)f.Value.Text, StringComparer.OrdinalIgnoreCase), cancellationToken);
        return unknown is null ? new FieldComparison(request, item, desired).Plan() : Refused(unknown);
    }

    private async Task<PublicationPlan> PlanRetractAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        if (request.Last is null)
            return new() { Outcome = PlanOutcome.Unchanged, Quiet = true };
        var found = await _anchor.FindAsync(request.Anchor, cancellationToken);
        // With the item everything that we wrote into it is gone.
        return found.Item is { } item ? new FieldComparison(request, item, new Dictionary<string, string?>()).Plan() : new() { Outcome = PlanOutcome.Unchanged, Quiet = true };
    }

    private async Task<WriteResult> WriteAsync(FieldWrite fields, FieldPrecondition expected, CancellationToken cancellationToken)
    {
        var item = new AnchorState(expected.Item, expected.Project, "", expected.Revision, default, default);
        var answer = await _anchor.PatchAsync(item, fields.All(), validateOnly: false, cancellationToken);
        if (answer.Status != HttpStatusCode.PreconditionFailed)
            return Written(fields, AnchorState.Of(answer.Body));
        // Somebody changed the item in between, or our first attempt arrived and only its answer was lost.
        var found = await _anchor.FindAsync(expected.Item, cancellationToken);
        if (found.Item is not { } now)
            return new() { Problem = found.Problem };
        if (fields.All().All(f => FieldValue.Same(now.Standing(f.Key), f.Value)))
            return Written(fields, now);
        if (!expected.Standing.All(s => FieldValue.Same(now.Standing(s.Key), s.Value)))
            return new() { Problem = Meanwhile(expected.Item) };
        answer = await _anchor.PatchAsync(now, fields.All(), validateOnly: false, cancellationToken);
        return answer.Status == HttpStatusCode.PreconditionFailed ? new() { Problem = Meanwhile(expected.Item) } : Written(fields, AnchorState.Of(answer.Body));
    }

    private static WriteResult Written(FieldWrite fields, AnchorState? item) => item is null
        ? new() { IsUncertain = true, Problem = new("unexpected-answer", "The tracker's answer to the write does not hold the item.", "The next run looks what stands there.") { Retryable = true } }
        : new()
        {
            RemoteId = item.Id,
            Written = fields.Standing(item),
            Touched = item.Touched,
        };

    private static PublicationPlan Refused(Problem? problem) => new() { Outcome = PlanOutcome.Refused, Quiet = true, Problem = problem };

    private static Problem Meanwhile(string item) => new(
        "changed-meanwhile", $"Work item {item} was changed while it was being written; nothing was written.", "The next run looks again.") { Retryable = true };

    private static Problem Explained(TrackerException failure) => failure.Status == 403
        ? failure.Problem with { Remedy = "Give the account 'Edit work items in this node' on the item's area and the permission 'Suppress notifications for work item updates' of the project." }
        : failure.Problem;
}
