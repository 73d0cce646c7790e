using System.Globalization;
using System.Text.Json;

namespace TsPmo.Sandbox.World;

/// <summary>How values are spelt in the truth log: as the exports spell them.</summary>
internal static class TruthFields
{
    private static readonly HashSet<string> RemovedResolutions = new(StringComparer.Ordinal)
    {
        "Won't Do", "Won't Fix", "Cancelled", "Canceled", "Duplicate", "Rejected", "Declined", "Cannot Reproduce", "Obsolete",
    };

    public static string Name(ItemField field) => field switch
    {
        ItemField.Title => "title",
        ItemField.Type => "sourceType",
        ItemField.Status => "status",
        ItemField.Resolution => "resolution",
        ItemField.Project => "project",
        ItemField.Parent => "parent",
        ItemField.Assignee => "assignee",
        ItemField.Points => "points",
        ItemField.EstimateHours => "estimateHours",
        ItemField.RemainingHours => "remainingHours",
        ItemField.Sprints => "sprints",
        ItemField.Versions => "milestones",
        ItemField.PlannedStart => "plannedStart",
        ItemField.PlannedFinish => "plannedFinish",
        ItemField.Priority => "priority",
        ItemField.Labels => "labels",
        ItemField.Blocked => "blocked",
        ItemField.Team => "team",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    /// <summary>The state of an item: what its status means, unless it was closed with a resolution that says it was never delivered.</summary>
    public static TruthState State(TypeSpec type, string status, string? resolution)
    {
        var state = type.Workflow.First(s => s.Name == status).State;
        return state == TruthState.Done && resolution is not null && RemovedResolutions.Contains(resolution) ? TruthState.Removed : state;
    }

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? at) => json.WriteString(name, at is { } known ? Instant(known) : null);

    public static void Value(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case double number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case DateOnly day: json.WriteStringValue(Day(day)); break;
            case IEnumerable<string> list: List(json, list); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }

    private static void List(Utf8JsonWriter json, IEnumerable<string> list)
    {
        json.WriteStartArray();
        foreach (var entry in list.Order(StringComparer.Ordinal)) json.WriteStringValue(entry);
        json.WriteEndArray();
    }
}
