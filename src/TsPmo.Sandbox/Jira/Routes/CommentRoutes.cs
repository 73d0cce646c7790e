using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Comments. A new one always sends mails; an edit is quiet in the cloud where asked for and allowed, and never in Data Center.</summary>
internal static class CommentRoutes
{
    private const int LongestText = 32767;

    public static void Map(JiraRoutes routes)
    {
        routes.Get("issue/{issue}/comment", call => IssueRoutes.With(call, List), Anonymous.Hidden);
        routes.Post("issue/{issue}/comment", call => IssueRoutes.With(call, Create));
        routes.Get("issue/{issue}/comment/{comment}", call => With(call, (c, i, comment) => c.Json(w => CommentAnswers.Full(w, i, comment))), Anonymous.Hidden);
        routes.Put("issue/{issue}/comment/{comment}", call => With(call, Edit));
        routes.Delete("issue/{issue}/comment/{comment}", call => With(call, Delete));
    }

    private static JiraAnswer With(JiraCall call, Func<JiraCall, JiraIssue, JiraComment, JiraAnswer> answer) => IssueRoutes.With(call, (_, issue) =>
        issue.Comments.Find(c => AnswerWriter.Text(c.Id) == call.Route("comment")) is { } comment
            ? answer(call, issue, comment)
            : JiraAnswer.Error(404, $"Can not find a comment for the id: {call.Route("comment")}."));

    private static JiraAnswer List(JiraCall call, JiraIssue issue)
    {
        var newestFirst = call.Query("orderBy") is "-created";
        var ordered = newestFirst ? Enumerable.Reverse(issue.Comments) : issue.Comments;
        var start = Math.Max(0, call.QueryNumber("startAt", 0));
        var size = Math.Clamp(call.QueryNumber("maxResults", call.Dialect.IsCloud ? 100 : 1000), 1, call.Dialect.IsCloud ? 100 : 1000);
        var withProperties = (call.QueryList("expand") ?? []).Contains("properties");
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteNumber("startAt", start);
            w.Json.WriteNumber("maxResults", size);
            w.Json.WriteNumber("total", issue.Comments.Count);
            w.Array("comments", ordered.Skip(start).Take(size), c => CommentAnswers.Full(w, issue, c, withProperties));
        }));
    }

    private static JiraAnswer Create(JiraCall call, JiraIssue issue)
    {
        if (Fault(call) is { } fault)
            return fault;
        var author = call.Caller ?? call.Site.Bot;
        var comment = new JiraComment(call.Site.NextId("comment", 10200), author, call.Site.Now)
        {
            Body = Body(call),
            UpdateAuthor = author,
            Updated = call.Site.Now,
            Visibility = Visibility(call),
        };
        SetProperties(call, comment);
        issue.Comments.Add(comment);
        call.Site.Comments.Add(comment.Id, comment);
        call.Site.Touch(issue, comment.Created);
        call.Site.Notify(issue, "comment-created");
        return call.Json(w => CommentAnswers.Full(w, issue, comment), 201);
    }

    private static JiraAnswer Edit(JiraCall call, JiraIssue issue, JiraComment comment)
    {
        if (Fault(call) is { } fault)
            return fault;
        comment.Body = Body(call);
        comment.UpdateAuthor = call.Caller ?? call.Site.Bot;
        comment.Updated = call.Site.Now;
        if (call.Member("visibility") is not null)
            comment.Visibility = Visibility(call);
        SetProperties(call, comment);
        call.Site.Touch(issue, comment.Updated);
        if (!(call.Dialect.IsCloud && call.WantsQuiet && call.Site.BotIsAdministrator))
            call.Site.Notify(issue, "comment-edited");
        return call.Json(w => CommentAnswers.Full(w, issue, comment));
    }

    private static JiraAnswer Delete(JiraCall call, JiraIssue issue, JiraComment comment)
    {
        issue.Comments.Remove(comment);
        call.Site.Comments.Remove(comment.Id);
        call.Site.Touch(issue, call.Site.Now);
        return JiraAnswer.Empty(204);
    }

    private static JiraAnswer? Fault(JiraCall call)
    {
        var body = call.Member("body");
        if (call.Dialect.IsCloud)
            return AtlassianDocument.Fault(body) is { } fault ? JiraAnswer.FieldError(400, "comment", fault) : TooLong(body?.ToJsonString());
        return body?.GetValueKind() == JsonValueKind.String && body.GetValue<string>().Length > 0
            ? TooLong(body.GetValue<string>())
            : JiraAnswer.FieldError(400, "comment", "Comment body can not be empty!");
    }

    private static JiraAnswer? TooLong(string? text) =>
        text?.Length > LongestText ? JiraAnswer.FieldError(400, "comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters.") : null;

    private static JsonNode Body(JiraCall call) => call.Member("body")?.DeepClone() ?? JsonValue.Create("");

    private static JsonObject? Visibility(JiraCall call) => call.Member("visibility")?.DeepClone() as JsonObject;

    private static void SetProperties(JiraCall call, JiraComment comment)
    {
        foreach (var property in (call.Member("properties") as JsonArray ?? []).OfType<JsonObject>())
        {
            if (property["key"]?.ToString() is { } key)
                comment.Properties[key] = property["value"]?.ToJsonString() ?? "null";
        }
    }
}
