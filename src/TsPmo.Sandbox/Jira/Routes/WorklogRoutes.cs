using System.Globalization;
using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Worklogs: of one issue, by number, and as two feeds (written, deleted) that tell nothing of the last minute.</summary>
internal static class WorklogRoutes
{
    private const int PerPage = 1000;

    public static void Map(JiraRoutes routes)
    {
        routes.Get("issue/{issue}/worklog", call => IssueRoutes.With(call, OfIssue), Anonymous.Hidden);
        routes.Get("issue/{issue}/worklog/{worklog}", call => IssueRoutes.With(call, One), Anonymous.Hidden);
        routes.Get("worklog/updated", call => Feed(call, "updated", call.Site.Worklogs.Values.Select(w => (w.Id, w.Updated))));
        routes.Get("worklog/deleted", call => Feed(call, "deleted", call.Site.DeletedWorklogs));
        routes.Post("worklog/list", ByNumber);
    }

    private static JiraAnswer OfIssue(JiraCall call, JiraIssue issue)
    {
        var start = Math.Max(0, call.QueryNumber("startAt", 0));
        var size = Math.Clamp(call.QueryNumber("maxResults", 5000), 1, 5000);
        return call.Json(w => WorklogAnswers.Page(w, issue.Worklogs, start, size));
    }

    private static JiraAnswer One(JiraCall call, JiraIssue issue) =>
        issue.Worklogs.Find(w => AnswerWriter.Text(w.Id) == call.Route("worklog")) is { } worklog
            ? call.Json(w => WorklogAnswers.Full(w, worklog))
            : JiraAnswer.Error(404, $"Cannot find worklog with id: '{call.Route("worklog")}'.");

    private static JiraAnswer ByNumber(JiraCall call)
    {
        var ids = call.List("ids") ?? [];
        if (ids.Count > PerPage)
            return JiraAnswer.Error(400, "At most 1000 worklogs can be asked for.");
        var found = ids.Select(id => int.TryParse(id, CultureInfo.InvariantCulture, out var number) ? call.Site.Worklogs.GetValueOrDefault(number) : null)
            .OfType<JiraWorklog>().Where(w => !w.Issue.Hidden);
        return call.Json(w => w.Array(found, worklog => WorklogAnswers.Full(w, worklog)));
    }

    private static JiraAnswer Feed(JiraCall call, string name, IEnumerable<(int Id, DateTimeOffset At)> all)
    {
        var since = long.TryParse(call.Query("since"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var newest = call.Site.Now.AddMinutes(-1).ToUnixTimeMilliseconds();
        var due = all.Select(w => (w.Id, At: w.At.ToUnixTimeMilliseconds())).Where(w => w.At > since && w.At < newest).OrderBy(w => w.At).ThenBy(w => w.Id).ToList();
        var size = Math.Min(PerPage, due.Count);
        while (size > 0 && size < due.Count && due[size].At == due[size - 1].At)
            size++;
        var until = size == 0 ? since : due[size - 1].At;
        return call.Json(w => w.Object(() =>
        {
            w.Array("values", due.Take(size), entry => w.Object(() => Entry(w, entry.Id, entry.At)));
            w.Json.WriteNumber("since", since);
            w.Json.WriteNumber("until", until);
            w.Self($"worklog/{name}?since={since.ToString(CultureInfo.InvariantCulture)}");
            if (size < due.Count)
                w.Json.WriteString("nextPage", call.Self($"worklog/{name}?since={until.ToString(CultureInfo.InvariantCulture)}"));
            w.Json.WriteBoolean("lastPage", size >= due.Count);
        }));
    }

    private static void Entry(AnswerWriter writer, int id, long at)
    {
        writer.Json.WriteNumber("worklogId", id);
        writer.Json.WriteNumber("updatedTime", at);
        if (writer.IsCloud)
            writer.Array<int>("properties", [], writer.Json.WriteNumberValue);
    }
}
