using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>One changed field of one history entry. The cloud tells the field's id; Data Center its name only, and some histories not even whether it is a custom field.</summary>
internal static class HistoryItem
{
    private const string CustomPrefix = "customfield_";

    private static readonly HashSet<string> SystemNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "status", "issuetype", "resolution", "priority", "assignee", "labels", "duedate", "timeoriginalestimate", "timeestimate", "timespent", "key", "project", "parent",
        "summary", "description", "environment", "reporter", "security", "Component", "Fix Version", "Version", "Link", "Comment", "Attachment",
    };

    /// <summary>The raw fields it changes: none, one, or several where a name fits several custom fields. Null where it is about one of ours and cannot be read.</summary>
    public static IReadOnlyList<KeyValuePair<string, RawChange>>? Read(JsonElement item, IssueContext context)
    {
        try
        {
            var ids = CustomIds(item, context);
            return ids.Count > 0 ? [.. ids.Select(id => Custom(item, id, context)).OfType<KeyValuePair<string, RawChange>>()] : System(item, context);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> CustomIds(JsonElement item, IssueContext context)
    {
        if (item.Text("fieldId") is { } id)
            return id.StartsWith(CustomPrefix, StringComparison.Ordinal) ? [id] : [];
        if (item.Text("field") is not { } name)
            return [];
        // Where the kind is not told, a name of Jira's own is Jira's.
        return ChangedField.IsCustom(item) || (item.Text("fieldtype") is null && !IsSystemName(name)) ? context.IdsOf(name) : [];
    }

    private static KeyValuePair<string, RawChange>? Custom(JsonElement item, string id, IssueContext context)
    {
        if (context.Sprint.Contains(id))
            return Change(RawFields.Sprints, item, "", text => RawValue.OfList((text ?? "").Split(',')));
        if (context.EpicLink.Contains(id))
            return Parent(item, context);
        if (context.Flagged.Contains(id))
            return new(RawFields.Blocked, new(RawValue.OfFlag(IsFlagged(item, "from")), RawValue.OfFlag(IsFlagged(item, "to"))));
        if (context.Points.Contains(id))
            return Change(RawFields.Custom(id), item, "String", Number);
        return context.Dates.Contains(id) ? Date(RawFields.Custom(id), item) : null;
    }

    private static bool IsSystemName(string name) => SystemNames.Contains(name);

    private static IReadOnlyList<KeyValuePair<string, RawChange>> System(JsonElement item, IssueContext context)
    {
        var field = (item.Text("fieldId") ?? item.Text("field") ?? "").ToUpperInvariant();
        // A custom field may bear the name of one of Jira's own; of those told by name only, just the two that name a parent are known.
        if (ChangedField.IsCustom(item) && item.Text("fieldId") is null && field is not ("EPIC LINK" or "PARENT LINK"))
            return [];
        KeyValuePair<string, RawChange>? change = field switch
        {
            "STATUS" => Named(RawFields.Status, item),
            "ISSUETYPE" => Named(RawFields.Type, item),
            "RESOLUTION" => Change(RawFields.Resolution, item, "String", t => RawValue.OfText(t)),
            "PRIORITY" => Change(RawFields.Priority, item, "String", t => RawValue.OfText(t)),
            "ASSIGNEE" => Change(RawFields.Assignee, item, "", t => RawValue.OfText(t)),
            "LABELS" => Change(RawFields.Labels, item, "String", t => RawValue.OfList((t ?? "").Split(' '))),
            "DUEDATE" => Date(RawFields.Custom("duedate"), item),
            "TIMEORIGINALESTIMATE" => Seconds(RawFields.EstimateHours, item),
            "TIMEESTIMATE" => Seconds(RawFields.RemainingHours, item),
            "TIMESPENT" => Seconds(RawFields.SpentHours, item),
            "KEY" or "ISSUEKEY" => Change(RawFields.Project, item, "String", t => RawValue.OfText(IssueKey.Project(t))),
            "PROJECT" => Project(item, context),
            "PARENT" or "ISSUEPARENTASSOCIATION" or "EPIC LINK" or "PARENT LINK" => Parent(item, context),
            _ => null,
        };
        return change is { } known ? [known] : [];
    }

    private static KeyValuePair<string, RawChange> Project(JsonElement item, IssueContext context) =>
        new(RawFields.Project, new(ProjectKey(item, "from", context), ProjectKey(item, "to", context)));

    /// <summary>The key where it is known; else the name, which at least is no project of ours.</summary>
    private static RawValue ProjectKey(JsonElement item, string side, IssueContext context) => RawValue.OfText(context.Project(item.Text(side)) ?? item.Text(side + "String"));

    /// <summary>Ids where they are told; else the key, where its id is known.</summary>
    private static KeyValuePair<string, RawChange> Parent(JsonElement item, IssueContext context) =>
        new(RawFields.Parent, new(RawValue.OfText(ParentId(item, "from", context)), RawValue.OfText(ParentId(item, "to", context))));

    private static string? ParentId(JsonElement item, string side, IssueContext context)
    {
        var id = item.Text(side);
        if (id is { Length: > 0 } && id.All(char.IsAsciiDigit))
            return id;
        return context.Epic(id) ?? context.Epic(item.Text(side + "String"));
    }

    private static KeyValuePair<string, RawChange> Named(string field, JsonElement item) =>
        new(field, new(RawValue.OfText(item.Text("fromString"), NonEmpty(item.Text("from"))), RawValue.OfText(item.Text("toString"), NonEmpty(item.Text("to")))));

    private static KeyValuePair<string, RawChange> Seconds(string field, JsonElement item) =>
        Change(field, item, "", text => RawValue.OfNumber(WorkFacts.Hours(Number(text).AsNumber())));

    /// <summary>A number; a text that is none must not pass for an emptied field.</summary>
    private static RawValue Number(string? text) => string.IsNullOrWhiteSpace(text)
        ? RawValue.None
        : RawValue.OfNumber(JiraJson.ParseNumber(text) ?? throw new FormatException("Not a number."));

    /// <summary>The id side lists options ("[10019]"), the text side their names; one of them may be left out.</summary>
    private static bool IsFlagged(JsonElement item, string side) =>
        (item.Text(side) ?? "").AsSpan().Trim("[] ").Length > 0 || !string.IsNullOrWhiteSpace(item.Text(side + "String"));

    /// <summary>The id side holds an ISO date; the text side is written for people.</summary>
    private static KeyValuePair<string, RawChange> Date(string field, JsonElement item) =>
        new(field, new(Date(item, "from"), Date(item, "to")));

    private static RawValue Date(JsonElement item, string side)
    {
        var (exact, shown) = (item.Text(side), item.Text(side + "String"));
        if ((JiraTime.Date(exact) ?? JiraTime.Date(shown)) is { } date)
            return RawValue.OfDate(date);
        return string.IsNullOrWhiteSpace(exact) && string.IsNullOrWhiteSpace(shown) ? RawValue.None : throw new FormatException("Not a date.");
    }

    private static KeyValuePair<string, RawChange> Change(string field, JsonElement item, string side, Func<string?, RawValue> read) =>
        new(field, new(read(item.Text("from" + side)), read(item.Text("to" + side))));

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
