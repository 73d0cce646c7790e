using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>An issue: whole, as the far end of a link, and as a parent or child.</summary>
internal static class IssueAnswers
{
    private const string Expandable = "operations,versionedRepresentations,editmeta,changelog,renderedFields";

    /// <summary>Writes the issue with the chosen fields; nothing but the id where the choice says so.</summary>
    public static void Full(AnswerWriter writer, JiraIssue issue, IssueShape shape) => writer.Object(() =>
    {
        var json = writer.Json;
        if (shape.IdOnly)
        {
            json.WriteString("id", issue.IdText);
            return;
        }
        json.WriteString("expand", Expandable);
        json.WriteString("id", issue.IdText);
        json.WriteString("self", shape.Agile ? $"{writer.Call.BaseUrl}/rest/agile/1.0/issue/{issue.IdText}" : writer.Call.Self("issue/" + issue.IdText));
        json.WriteString("key", issue.Key);
        if (shape.Properties.Count > 0)
            Properties(writer, issue, shape.Properties);
        if (shape.Changelog)
            HistoryAnswers.Inline(writer, issue);
        writer.Object("fields", () => Fields(writer, issue, shape));
    });

    /// <summary>The names and schemas a search adds when asked to expand them.</summary>
    public static void Descriptions(AnswerWriter writer, IssueShape shape)
    {
        if (shape.Names)
            writer.Object("names", () => { foreach (var field in shape.Fields) writer.Json.WriteString(field.Id, writer.Local(field.Name)); });
        if (shape.Schema)
            writer.Object("schema", () =>
            {
                foreach (var field in shape.Fields)
                {
                    writer.Json.WritePropertyName(field.Id);
                    field.Schema.WriteTo(writer);
                }
            });
    }

    public static void Reference(AnswerWriter writer, JiraIssue issue) => writer.Object(() =>
    {
        var json = writer.Json;
        json.WriteString("id", issue.IdText);
        json.WriteString("key", issue.Key);
        writer.Self("issue/" + issue.IdText);
        writer.Object("fields", () =>
        {
            json.WriteString("summary", issue.Summary);
            json.WritePropertyName("status");
            writer.Status(issue.Status);
            if (issue.Priority is not null)
            {
                json.WritePropertyName("priority");
                writer.Priority(issue.Priority);
            }
            json.WritePropertyName("issuetype");
            writer.IssueType(issue.Type);
        });
    });

    /// <summary>A link as seen from one of its ends: only the other end is told.</summary>
    public static void Link(AnswerWriter writer, JiraLink link, JiraIssue from) => writer.Object(() =>
    {
        writer.Id(link.Id);
        writer.Self("issueLink/" + AnswerWriter.Text(link.Id));
        writer.Json.WritePropertyName("type");
        LinkType(writer, link.Type);
        writer.Json.WritePropertyName(link.Source == from ? "outwardIssue" : "inwardIssue");
        Reference(writer, link.Source == from ? link.Destination : link.Source);
    });

    public static void LinkType(AnswerWriter writer, JiraLinkType type) => writer.Object(() =>
    {
        writer.Id(type.Id);
        writer.Json.WriteString("name", type.Name);
        writer.Json.WriteString("inward", type.Inward);
        writer.Json.WriteString("outward", type.Outward);
        writer.Self("issueLinkType/" + AnswerWriter.Text(type.Id));
    });

    private static void Fields(AnswerWriter writer, JiraIssue issue, IssueShape shape)
    {
        foreach (var field in shape.Fields)
        {
            writer.Json.WritePropertyName(field.Id);
            field.Write(writer, issue);
        }
        if (shape.Agile)
            AgileFields(writer, issue);
    }

    /// <summary>Names that exist in the agile API's issues only.</summary>
    private static void AgileFields(AnswerWriter writer, JiraIssue issue)
    {
        var open = issue.Sprints.LastOrDefault(s => s.Spec.State != "closed");
        writer.Json.WriteBoolean("flagged", issue.Flagged);
        writer.Json.WritePropertyName("sprint");
        if (open is null)
            writer.Json.WriteNullValue();
        else
            SprintAnswers.Bean(writer, open);
        writer.Array("closedSprints", issue.Sprints.Where(s => s.Spec.State == "closed"), s => SprintAnswers.Bean(writer, s));
        writer.Json.WritePropertyName("epic");
        if (issue.Epic is null)
            writer.Json.WriteNullValue();
        else
            Epic(writer, issue.Epic);
    }

    private static void Epic(AnswerWriter writer, JiraIssue epic) => writer.Object(() =>
    {
        var json = writer.Json;
        json.WriteNumber("id", epic.Id);
        json.WriteString("key", epic.Key);
        json.WriteString("self", $"{writer.Call.BaseUrl}/rest/agile/1.0/epic/{epic.IdText}");
        json.WriteString("name", epic.Summary);
        json.WriteString("summary", epic.Summary);
        writer.Object("color", () => json.WriteString("key", "color_4"));
        json.WriteBoolean("done", epic.Resolution is not null);
    });

    private static void Properties(AnswerWriter writer, JiraIssue issue, IReadOnlyList<string> keys) => writer.Object("properties", () =>
    {
        foreach (var key in keys.Where(issue.Properties.ContainsKey))
        {
            writer.Json.WritePropertyName(key);
            writer.Json.WriteRawValue(issue.Properties[key]);
        }
    });
}
