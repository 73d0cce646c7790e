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
    public async Task<FoundAnchor> FindAsync(string anchor, CancellationToken cancellationToken)
    {
        var id = anchor.Trim().TrimStart('#');
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return new(null, new Problem("anchor-unknown", $"'{anchor}' is not the number of a work item.", "Give the work item's number as Anchor, for example 4711."));
        if (await client.ItemAsync(id, cancellationToken) is { } item && AnchorState.Of(item) is { } state)
            return new(state, null);
        return new(null, new Problem("anchor-unknown", $"There is no work item {id} at {client.Base} that the token's account may see.", "Check Anchor, and that the item has not been deleted."));
    }

    /// <summary>Lets the server check that we may change the item silently, without changing it: the title is only to be what it is.</summary>
    public Task<ApiAnswer> ValidateAsync(AnchorState item, CancellationToken cancellationToken)
    {
        var title = item.Standing(FieldNames.Title);
        var same = title is null ? [] : new Dictionary<string, string?>(StringComparer.Ordinal) { [FieldNames.Title] = title };
        return PatchAsync(item, same, validateOnly: true, cancellationToken);
    }

    /// <summary>One silent change, refused (412) when the item is not at the revision any more. So it may be repeated without harm.</summary>
    /// <param name="item">The item at the revision that must still stand.</param>
    /// <param name="fields">Fields and their new values; null empties.</param>
    /// <param name="validateOnly">Whether the server only checks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<ApiAnswer> PatchAsync(AnchorState item, IReadOnlyDictionary<string, string?> fields, bool validateOnly, CancellationToken cancellationToken) =>
        client.SendAsync(
            new ApiCall(HttpMethod.Patch, "wit/workitems", $"{AzureDevOpsClient.Segment(item.Project)}/_apis/wit/workitems/{item.Id}")
            {
                Options = [("suppressNotifications", "true"), ("validateOnly", validateOnly ? "true" : null)],
                Body = Document(item.Revision, fields),
                ContentType = PatchType,
                IsIdempotent = true,
                Expected = validateOnly ? [] : [HttpStatusCode.PreconditionFailed],
            },
            cancellationToken);

    private static byte[] Document(long revision, IReadOnlyDictionary<string, string?> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("op", "test");
            json.WriteString("path", "/rev");
            json.WriteNumber("value", revision);
            json.WriteEndObject();
            foreach (var (field, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("op", value is null ? "remove" : "add");
                json.WriteString("path", $"/fields/{field}");
                if (value is not null)
                    json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }
}

/// <summary>An item as it stands, or why there is none.</summary>
internal sealed record FoundAnchor(AnchorState? Item, Problem? Problem);

/// <summary>A work item as it stands.</summary>
internal sealed record AnchorState(string Id, string Project, string Type, long Revision, DateTimeOffset Changed, JsonElement Fields)
{
    /// <summary>Right after a write of ours: revisions count up by one, so an item known at the one before has seen everything else.</summary>
    public TouchedItem Touched => new(Id, Changed, Revision, Revision - 1);

    /// <summary>A field's value as text; null when it is empty, for empty fields are absent.</summary>
    public string? Standing(string field) => Fields.Text(field);

    /// <summary>Reads an item's answer; null when it lacks what every item has.</summary>
    public static AnchorState? Of(JsonElement item)
    {
        var fields = item.Child("fields") ?? default;
        return item.Text("id") is { } id && item.Whole("rev") is { } revision && fields.Text(FieldNames.TeamProject) is { } project
            ? new(id, project, fields.Text(FieldNames.WorkItemType) ?? "", revision, fields.Instant(FieldNames.ChangedDate) ?? default, fields)
            : null;
    }
}
