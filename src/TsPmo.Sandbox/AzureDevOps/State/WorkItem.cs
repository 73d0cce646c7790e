using System.Collections.Immutable;

namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A work item: nothing but its revisions and its comments. What it "is" is its newest revision.</summary>
internal sealed class WorkItem(int id)
{
    public int Id { get; } = id;

    public List<Revision> Revisions { get; } = [];

    public List<ItemComment> Comments { get; } = [];

    public Revision Latest => Revisions[^1];

    public string Project => Latest.Text(FieldNames.TeamProject);

    public bool Deleted { get; set; }

    /// <summary>Whether it was destroyed: nothing tells that it ever was.</summary>
    public bool Destroyed { get; set; }

    /// <summary>Whether the token may not see it, wherever it lies.</summary>
    public bool Hidden { get; set; }

    /// <summary>The newest revision that stood at the instant, or null where the item did not exist yet.</summary>
    public Revision? AsOf(DateTimeOffset instant) => Revisions.LastOrDefault(revision => revision.ChangedAt <= instant);

    /// <summary>When the revision stopped being the newest; the end of time while it still is.</summary>
    public DateTimeOffset RevisedAt(Revision revision) =>
        revision.Rev < Revisions.Count ? Revisions[revision.Rev].ChangedAt : Wire.WireDate.OpenEnd;
}

/// <summary>All fields and relations of an item as they stood after one act. Empty fields are absent.</summary>
internal sealed class Revision(
    WorkItem item, int rev, long watermark, DateTimeOffset changedAt, Identity changedBy,
    ImmutableSortedDictionary<string, object> fields, ImmutableArray<Relation> relations)
{
    public WorkItem Item { get; } = item;

    public int Rev { get; } = rev;

    public long Watermark { get; } = watermark;

    public DateTimeOffset ChangedAt { get; } = changedAt;

    public Identity ChangedBy { get; } = changedBy;

    public ImmutableSortedDictionary<string, object> Fields { get; } = fields;

    /// <summary>The relations; the newest revision may still gain and lose children.</summary>
    public ImmutableArray<Relation> Relations { get; set; } = relations;

    public string Text(string field) => Fields.GetValueOrDefault(field) as string ?? string.Empty;

    public double? Number(string field) => Fields.GetValueOrDefault(field) as double?;
}

/// <summary>A relation as the item at this end sees it. Target is null for hyperlinks.</summary>
internal sealed record Relation(string Rel, int? Target, string? Url, string? Comment, DateTimeOffset Since, int Id);

/// <summary>A comment of a work item's discussion with its present text.</summary>
internal sealed class ItemComment(int id, Identity createdBy, DateTimeOffset createdAt)
{
    public int Id { get; } = id;

    public Identity CreatedBy { get; } = createdBy;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public required string Text { get; set; }

    /// <summary>"markdown" or "html".</summary>
    public required string Format { get; set; }

    public int Version { get; set; } = 1;

    public DateTimeOffset ModifiedAt { get; set; } = createdAt;

    public Identity ModifiedBy { get; set; } = createdBy;

    public bool Deleted { get; set; }
}
