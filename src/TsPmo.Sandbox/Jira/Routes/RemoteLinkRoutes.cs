using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Links to addresses outside. A global id makes posting an upsert, in which what is left out becomes null.</summary>
internal sealed class RemoteLinkRoutes(LinkActs acts)
{
    public void Map(JiraRoutes routes)
    {
        routes.Get("issue/{issue}/remotelink", call => IssueRoutes.With(call, List), Anonymous.Hidden);
        routes.Post("issue/{issue}/remotelink", call => IssueRoutes.With(call, Upsert));
        routes.Delete("issue/{issue}/remotelink", call => IssueRoutes.With(call, DeleteByGlobalId));
        routes.Get("issue/{issue}/remotelink/{link}", call => With(call, (c, i, link) => c.Json(w => Full(w, i, link))), Anonymous.Hidden);
        routes.Delete("issue/{issue}/remotelink/{link}", call => With(call, Delete));
    }

    private static JiraAnswer With(JiraCall call, Func<JiraCall, JiraIssue, JiraRemoteLink, JiraAnswer> answer) => IssueRoutes.With(call, (_, issue) =>
        issue.RemoteLinks.Find(l => AnswerWriter.Text(l.Id) == call.Route("link")) is { } link
            ? answer(call, issue, link)
            : JiraAnswer.Error(404, $"No remote link with id {call.Route("link")} exists."));

    private static JiraAnswer List(JiraCall call, JiraIssue issue)
    {
        if (call.Query("globalId") is not { } globalId)
            return call.Json(w => w.Array(issue.RemoteLinks, l => Full(w, issue, l)));
        return issue.RemoteLinks.Find(l => l.GlobalId == globalId) is { } link
            ? call.Json(w => Full(w, issue, link))
            : JiraAnswer.Error(404, $"No remote link with global id {globalId} exists.");
    }

    private JiraAnswer Upsert(JiraCall call, JiraIssue issue)
    {
        var target = call.Member("object") as JsonObject;
        foreach (var required in (ReadOnlySpan<string>)["title", "url"])
        {
            if (string.IsNullOrEmpty(target?[required]?.ToString()))
                return JiraAnswer.FieldError(400, required, $"'{required}' is required.");
        }
        var globalId = call.Text("globalId");
        if (globalId?.Length > 255)
            return JiraAnswer.FieldError(400, "globalId", "The global id cannot be longer than 255 characters.");
        var known = globalId is null ? null : issue.RemoteLinks.Find(l => l.GlobalId == globalId);
        var copy = target?.DeepClone().AsObject() ?? [];
        var link = known ?? acts.AddRemote(call.Site.Now, call.Caller ?? call.Site.Bot, issue, globalId, copy);
        link.Target = copy;
        link.Application = call.Member("application")?.DeepClone();
        link.Relationship = call.Text("relationship");
        if (known is not null)
            call.Site.Touch(issue, call.Site.Now);
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteNumber("id", link.Id);
            w.Self($"issue/{issue.Key}/remotelink/{AnswerWriter.Text(link.Id)}");
        }), known is null ? 201 : 200);
    }

    private JiraAnswer DeleteByGlobalId(JiraCall call, JiraIssue issue)
    {
        var globalId = call.Query("globalId");
        return globalId is not null && issue.RemoteLinks.Find(l => l.GlobalId == globalId) is { } link
            ? Delete(call, issue, link)
            : JiraAnswer.Error(404, $"No remote link with global id {globalId} exists.");
    }

    private JiraAnswer Delete(JiraCall call, JiraIssue issue, JiraRemoteLink link)
    {
        acts.RemoveRemote(call.Site.Now, call.Caller ?? call.Site.Bot, issue, link);
        return JiraAnswer.Empty(204);
    }

    private static void Full(AnswerWriter writer, JiraIssue issue, JiraRemoteLink link) => writer.Object(() =>
    {
        writer.Json.WriteNumber("id", link.Id);
        writer.Self($"issue/{issue.Key}/remotelink/{AnswerWriter.Text(link.Id)}");
        if (link.GlobalId is not null)
            writer.Json.WriteString("globalId", link.GlobalId);
        writer.Node("application", link.Application ?? new JsonObject());
        if (link.Relationship is not null)
            writer.Json.WriteString("relationship", link.Relationship);
        writer.Node("object", link.Target);
    });
}
