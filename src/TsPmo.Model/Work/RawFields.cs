namespace TsPmo.Model.Work;

/// <summary>
/// Names of the raw fields that normalisers emit and the store keeps. Values are the tracker's own words; which of them mean what
/// (state, points, planned dates) is decided when history is read, so that a changed mapping needs no download.
/// </summary>
public static class RawFields
{
    /// <summary>Status name as text, the tracker's status id as id where it has one.</summary>
    public const string Status = "status";

    /// <summary>Resolution name; null while unresolved.</summary>
    public const string Resolution = "resolution";

    /// <summary>Type name as text, the tracker's type id as id where it has one.</summary>
    public const string Type = "type";

    /// <summary>The tracker's project, by the key or name that its people use.</summary>
    public const string Project = "project";

    /// <summary>Keys that the item had before, a list. Of the present only; addresses with such a key lead to the item.</summary>
    public const string FormerKeys = "formerKeys";

    /// <summary>Id of the parent item (not its key).</summary>
    public const string Parent = "parent";

    /// <summary>Account id of the assignee.</summary>
    public const string Assignee = "assignee";

    /// <summary>Original estimate in hours, canonical decimal.</summary>
    public const string EstimateHours = "estimateHours";

    /// <summary>Remaining estimate in hours, canonical decimal.</summary>
    public const string RemainingHours = "remainingHours";

    /// <summary>Hours spent so far where the tracker tells a total and keeps time entries apart.</summary>
    public const string SpentHours = "spentHours";

    /// <summary>A running total of hours whose differences between events are the time entries.</summary>
    public const string CompletedWork = "completedWork";

    /// <summary>Ids of sprints, a list.</summary>
    public const string Sprints = "sprints";

    /// <summary>Ids of versions, a list.</summary>
    public const string Milestones = "milestones";

    /// <summary>Priority: its name, or the number as text.</summary>
    public const string Priority = "priority";

    /// <summary>Labels or tags, a list.</summary>
    public const string Labels = "labels";

    /// <summary>"true" while the tracker's own flag or blocked field is set; a status that means blocked is not in it.</summary>
    public const string Blocked = "blocked";

    /// <summary>"true" from the instant of deletion.</summary>
    public const string Deleted = "deleted";

    /// <summary>Area path in the tracker's spelling; null where it has none.</summary>
    public const string AreaPath = "areaPath";

    /// <summary>Names of components, a list.</summary>
    public const string Components = "components";

    private const string CustomPrefix = "field:";

    /// <summary>A field that only a <see cref="Facts.FieldRole"/> or a mapping gives a meaning (points, planned dates), by its id in the tracker.</summary>
    public static string Custom(string fieldId) => CustomPrefix + fieldId;

    /// <summary>The tracker's field id inside a name made by <see cref="Custom"/>, or null.</summary>
    public static string? CustomId(string rawField) =>
        rawField.StartsWith(CustomPrefix, StringComparison.Ordinal) ? rawField[CustomPrefix.Length..] : null;
}
