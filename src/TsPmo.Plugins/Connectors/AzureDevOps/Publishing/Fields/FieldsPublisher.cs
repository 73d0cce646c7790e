using System.Net;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Publishing;
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
    private readonly Silence _silence = new(client);

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
        if (Kept.Read(write.Payload, FieldJson.Default.FieldWrite) is not { } fields
            || Kept.Read(write.Precondition, FieldJson.Default.FieldPrecondition) is not { } expected)
            return new() { Problem = new("plan-not-understood", "The planned write is not one of this publisher's.", "Plan again.") };
        try
        {
            return await WriteAsync(fields, expected, cancellationToken);
        }
        catch (TrackerException e)
        {
            return new() { Problem = AnchorItem.Explained(e), IsUncertain = e.IsUncertain };
        }
    }

    private async Task<PublicationPlan> PlanWriteAsync(PublicationRequest request, StatusReport report, CancellationToken cancellationToken)
    {
        var found = await _anchor.FindAsync(request.Anchor, cancellationToken);
        if (found.Item is not { } item)
            return Refused(found.Problem);
        var filling = await _catalogue.FillAsync(item, report.Fields, cancellationToken);
        return filling.Problem is { } problem
            ? Refused(problem)
            : await ValidatedAsync(request, item, new FieldComparison(request, new AnchorFields(item, filling.HtmlFields), filling.Values).Plan(), cancellationToken);
    }

    private async Task<PublicationPlan> PlanRetractAsync(PublicationRequest request, CancellationToken cancellationToken)
    {
        if (request.Last is null)
            return new() { Outcome = PlanOutcome.Unchanged, Quiet = true };
        var found = await _anchor.FindAsync(request.Anchor, cancellationToken);
        // With the item everything that we wrote into it is gone.
        return found.Item is { } item
            ? await ValidatedAsync(request, item, new FieldComparison(request, Fields(item), new Dictionary<string, string?>()).Plan(), cancellationToken)
            : new() { Outcome = PlanOutcome.Unchanged, Quiet = true };
    }

    private async Task<PublicationPlan> ValidatedAsync(PublicationRequest request, AnchorState item, PublicationPlan plan, CancellationToken cancellationToken) =>
        Kept.Read(plan.Write?.Payload, FieldJson.Default.FieldWrite) is { } fields
            ? await _silence.HeedAsync(request, item, await _anchor.ValidatedAsync(item, plan, Changes(fields), cancellationToken), cancellationToken)
            : plan;

    private async Task<WriteResult> WriteAsync(FieldWrite fields, FieldPrecondition expected, CancellationToken cancellationToken)
    {
        var item = new AnchorState(expected.Item, expected.Project, "", expected.Version, default, default);
        var answer = await _anchor.PatchAsync(item, Changes(fields), validateOnly: false, cancellationToken);
        if (answer.Status != HttpStatusCode.PreconditionFailed)
            return Written(fields, AnchorState.Of(answer.Body));
        // Somebody changed the item in between, or our first attempt arrived and only its answer was lost.
        var found = await _anchor.FindAsync(expected.Item, cancellationToken);
        if (found.Item is not { } now)
            return new() { Problem = found.Problem };
        var standing = Fields(now);
        if (fields.All().All(f => standing.Same(f.Key, standing.Value(f.Key), f.Value)))
            return Written(fields, now);
        if (!expected.Standing.All(s => standing.Same(s.Key, standing.Value(s.Key), s.Value)))
            return new() { Problem = AnchorItem.Meanwhile(expected.Item) };
        answer = await _anchor.PatchAsync(now, Changes(fields), validateOnly: false, cancellationToken);
        return answer.Status == HttpStatusCode.PreconditionFailed ? new() { Problem = AnchorItem.Meanwhile(expected.Item) } : Written(fields, AnchorState.Of(answer.Body));
    }

    private static WriteResult Written(FieldWrite fields, AnchorState? item) => item is null
        ? AnchorItem.Unclear
        : new()
        {
            RemoteId = item.Id,
            Written = fields.Standing(Fields(item)),
            Touched = item.Touched,
        };

    private static AnchorFields Fields(AnchorState item) => new(item, new HashSet<string>());

    private static List<ItemChange> Changes(FieldWrite fields) => [.. fields.All().OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => ItemChange.Field(f.Key, f.Value))];

    private static PublicationPlan Refused(Problem? problem) => new() { Outcome = PlanOutcome.Refused, Quiet = true, Problem = problem };
}
