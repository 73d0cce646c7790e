using System.Globalization;
using System.Net;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>The work item that a publication hangs on.</summary>
internal sealed class AnchorItem(AzureDevOpsClient client)
{
    private const string PatchType = "application/json-patch+json";

    /// <summary>Finds the item of an anchor, or says why there is none.</summary>
    public async Task<FoundAnchor> FindAsync(string anchor, CancellationToken cancellationToken, bool relations = false)
    {
        var id = anchor.Trim().TrimStart('#');
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return new(null, new Problem("anchor-unknown", $"'{anchor}' is not the number of a work item.", "Give the work item's number as Anchor, for example 4711."));
        if (await client.ItemAsync(id, cancellationToken, relations) is { } item && AnchorState.Of(item) is { } state)
            return new(state, null);
        return new(null, new Problem("anchor-unknown", $"There is no work item {id} at {client.Base} that the token's account may see.", "Check Anchor, and that the item has not been deleted."));
    }

    /// <summary>Lets the server check that we may change the item silently, without changing it: the title is only to be what it is.</summary>
    public Task<ApiAnswer> ValidateAsync(AnchorState item, CancellationToken cancellationToken) =>
        PatchAsync(item, item.Standing(FieldNames.Title) is { } title ? [ItemChange.Field(FieldNames.Title, title)] : [], validateOnly: true, cancellationToken);

    /// <summary>
    /// The plan, unless the server would refuse its change, which it tells without making it. That the item has changed meanwhile is no refusal.
    /// </summary>
    public async Task<PublicationPlan> ValidatedAsync(AnchorState item, PublicationPlan plan, IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken) =>
        await RefusalAsync(item, changes, cancellationToken) is { } refusal ? plan with { Outcome = PlanOutcome.Refused, Write = null, Problem = refusal } : plan;

    private async Task<Problem?> RefusalAsync(AnchorState item, IReadOnlyList<ItemChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            await PatchAsync(item, changes, validateOnly: true, cancellationToken);
            return null;
        }
        catch (TrackerException e) when (e.Status is 400)
        {
            return new(
                "rule-violated",
                $"The rules of project {item.Project} refuse what would be written into work item {item.Id}: {e.Problem.Message}",
                "Change the publication's template, or the rule in the organisation's process settings.");
        }
        catch (TrackerException e)
        {
            return Explained(e);
        }
    }

    /// <summary>One silent change, refused (412) when the item is not at the revision any more. So it may be repeated without harm.</summary>
    /// <param name="item">The item at the revision that must still stand.</param>
    /// <param name="changes">What is changed, all of it or nothing.</param>
    /// <param name="validateOnly">Whether the server only checks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="relations">Whether the answer is to tell the item's relations.</param>
    public Task<ApiAnswer> PatchAsync(AnchorState item, IReadOnlyList<ItemChange> changes, bool validateOnly, CancellationToken cancellationToken, bool relations = false) =>
        client.SendAsync(
            new ApiCall(HttpMethod.Patch, "wit/workitems", $"{AzureDevOpsClient.Segment(item.Project)}/_apis/wit/workitems/{item.Id}")
            {
                Options = [("suppressNotifications", "true"), ("validateOnly", validateOnly ? "true" : null), ("$expand", relations ? "relations" : null)],
                Body = ItemChange.Document(item.Revision, changes),
                ContentType = PatchType,
                IsIdempotent = true,
                Expected = [HttpStatusCode.PreconditionFailed],
            },
            cancellationToken);

    /// <summary>A failed change in words that name the missing permission.</summary>
    public static Problem Explained(TrackerException failure) => failure.Status == 403
        ? failure.Problem with { Remedy = "Give the account 'Edit work items in this node' on the item's area and the permission 'Suppress notifications for work item updates' of the project." }
        : failure.Problem;

    /// <summary>Somebody changed what we meant to change.</summary>
    public static Problem Meanwhile(string item) => new(
        "changed-meanwhile", $"Work item {item} was changed while it was being written; nothing was written.", "The next run looks again.") { Retryable = true };

    /// <summary>The answer to a write lacks what every item has.</summary>
    public static WriteResult Unclear { get; } = new()
    {
        IsUncertain = true,
        Problem = new("unexpected-answer", "The tracker's answer to the write does not hold the item.", "The next run looks what stands there.") { Retryable = true },
    };
}

/// <summary>An item as it stands, or why there is none.</summary>
internal sealed record FoundAnchor(AnchorState? Item, Problem? Problem);

/// <summary>A work item as it stands.</summary>
internal sealed record AnchorState(string Id, string Project, string Type, long Revision, DateTimeOffset Changed, JsonElement Fields)
{
    /// <summary>Its relations in the order by which they are removed, where they were asked for.</summary>
    public IReadOnlyList<JsonElement> Relations { get; init; } = [];

    /// <summary>Right after a write of ours: revisions count up by one, so an item known at the one before has seen everything else.</summary>
    public TouchedItem Touched => new(Id, Changed, Revision, Revision - 1);

    /// <summary>A field's value as text; null when it is empty, for empty fields are absent.</summary>
    public string? Standing(string field) => Fields.Text(field);

    /// <summary>Reads an item's answer; null when it lacks what every item has.</summary>
    public static AnchorState? Of(JsonElement item)
    {
        var fields = item.Child("fields") ?? default;
        return item.Text("id") is { } id && item.Whole("rev") is { } revision && fields.Text(FieldNames.TeamProject) is { } project
            ? new(id, project, fields.Text(FieldNames.WorkItemType) ?? "", revision, fields.Instant(FieldNames.ChangedDate) ?? default, fields) { Relations = [.. item.Items("relations")] }
            : null;
    }
}
