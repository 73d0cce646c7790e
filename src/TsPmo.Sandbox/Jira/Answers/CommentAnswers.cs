using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>Comments: a document in the cloud, wiki text in Data Center.</summary>
internal static class CommentAnswers
{
    public static void Full(AnswerWriter writer, JiraIssue issue, JiraComment comment, bool withProperties = false) => writer.Object(() =>
    {
        writer.Self($"issue/{issue.IdText}/comment/{AnswerWriter.Text(comment.Id)}");
        writer.Id(comment.Id);
        writer.User("author", comment.Author);
        writer.Node("body", comment.Body);
        writer.User("updateAuthor", comment.UpdateAuthor);
        writer.Instant("created", comment.Created);
        writer.Instant("updated", comment.Updated);
        if (comment.Visibility is not null)
            writer.Node("visibility", comment.Visibility);
        if (writer.IsCloud)
            writer.Json.WriteBoolean("jsdPublic", comment.IsPublic);
        if (withProperties)
            Properties(writer, comment);
    });

    public static void Field(AnswerWriter writer, JiraIssue issue) => writer.Object(() =>
    {
        writer.Array("comments", issue.Comments, c => Full(writer, issue, c));
        if (writer.IsCloud)
            writer.Self($"issue/{issue.IdText}/comment");
        writer.Json.WriteNumber("maxResults", issue.Comments.Count);
        writer.Json.WriteNumber("total", issue.Comments.Count);
        writer.Json.WriteNumber("startAt", 0);
    });

    private static void Properties(AnswerWriter writer, JiraComment comment) =>
        writer.Array("properties", comment.Properties, p => writer.Object(() =>
        {
            writer.Json.WriteString("key", p.Key);
            writer.Json.WritePropertyName("value");
            writer.Json.WriteRawValue(p.Value);
        }));
}
