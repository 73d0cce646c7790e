using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>Histories of an issue in the shapes of the three ways to read them.</summary>
internal static class HistoryAnswers
{
    private const int InlineLimit = 40;

    /// <summary>Inside an issue: the cloud tells the newest forty, newest first; Data Center tells all, oldest first.</summary>
    public static void Inline(AnswerWriter writer, JiraIssue issue)
    {
        var all = issue.Histories;
        var told = writer.IsCloud ? Enumerable.Reverse(all).Take(InlineLimit).ToList() : all;
        writer.Object("changelog", () =>
        {
            writer.Json.WriteNumber("startAt", 0);
            writer.Json.WriteNumber("maxResults", told.Count);
            writer.Json.WriteNumber("total", all.Count);
            writer.Array("histories", told, h => Entry(writer, h, inMilliseconds: false));
        });
    }

    /// <summary>One history; the bulk call tells its instant in milliseconds, every other way as text.</summary>
    public static void Entry(AnswerWriter writer, History history, bool inMilliseconds, IReadOnlySet<string>? onlyFields = null) => writer.Object(() =>
    {
        writer.Id(history.Id);
        writer.User("author", history.Author);
        if (inMilliseconds)
            writer.Json.WriteNumber("created", history.At.ToUnixTimeMilliseconds());
        else
            writer.Instant("created", history.At);
        writer.Array("items", history.Items.Where(i => onlyFields is null || Touches(i, onlyFields)), i => Item(writer, i));
    });

    public static bool Touches(HistoryItem item, IReadOnlySet<string> fields) => item.FieldId is not null && fields.Contains(item.FieldId);

    private static void Item(AnswerWriter writer, HistoryItem item) => writer.Object(() =>
    {
        var json = writer.Json;
        // Where the id is told, the name is one for people.
        json.WriteString("field", writer.IsCloud && item.FieldId is not null ? writer.Local(item.Field) : item.Field);
        json.WriteString("fieldtype", item.IsCustom ? "custom" : "jira");
        if (writer.IsCloud && item.FieldId is not null)
            json.WriteString("fieldId", item.FieldId);
        json.WriteString("from", item.From);
        json.WriteString("fromString", item.FromText);
        json.WriteString("to", item.To);
        json.WriteString("toString", item.ToText);
    });
}
