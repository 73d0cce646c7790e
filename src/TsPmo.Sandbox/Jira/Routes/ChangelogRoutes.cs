using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>The cloud's two complete ways to read histories. Data Center has neither: it expands them in a search.</summary>
internal static class ChangelogRoutes
{
    private const int IssuesPerAnswer = 50;

    public static void Map(JiraRoutes routes)
    {
        if (!routes.Dialect.IsCloud)
            return;
        routes.Get("issue/{issue}/changelog", call => IssueRoutes.With(call, One), Anonymous.Hidden);
        routes.Post("changelog/bulkfetch", Bulk);
    }

    private static JiraAnswer One(JiraCall call, JiraIssue issue)
    {
        var (start, size) = (Math.Max(0, call.QueryNumber("startAt", 0)), Math.Clamp(call.QueryNumber("maxResults", 100), 1, 100));
        var self = call.Self($"issue/{call.Route("issue")}/changelog?startAt={AnswerWriter.Text(start)}&maxResults={AnswerWriter.Text(size)}");
        return call.Json(w => w.Page(self, start, size, issue.Histories, h => HistoryAnswers.Entry(w, h, inMilliseconds: false)));
    }

    private static JiraAnswer Bulk(JiraCall call)
    {
        var ids = call.List("issueIdsOrKeys") ?? [];
        if (ids.Count is 0 or > 1000)
            return JiraAnswer.Error(400, "The number of issues must be between 1 and 1000.");
        var fieldIds = call.List("fieldIds");
        if (fieldIds?.Count > 10)
            return JiraAnswer.Error(400, "The number of field ids must not exceed 10.");
        if (PageToken.Position(call.Text("nextPageToken")) is not { } start)
            return JiraAnswer.Error(400, "The provided next page token is invalid or has expired.");
        var only = fieldIds is { Count: > 0 } ? fieldIds.ToHashSet(StringComparer.Ordinal) : null;
        var all = ids.Select(call.Site.Find).OfType<JiraIssue>().Distinct().OrderBy(i => i.Id).SelectMany(i => Told(i, only)).ToList();
        var size = Math.Clamp(call.Number("maxResults", 1000), 1, 10000);
        return Page(call, all, Math.Min(start, all.Count), size, only);
    }

    private static IEnumerable<(JiraIssue Issue, History History)> Told(JiraIssue issue, HashSet<string>? only) =>
        issue.Histories.Where(h => only is null || h.Items.Any(i => HistoryAnswers.Touches(i, only))).Select(h => (issue, h));

    private static JiraAnswer Page(JiraCall call, List<(JiraIssue Issue, History History)> all, int start, int size, HashSet<string>? only)
    {
        // A page that begins inside an issue repeats that issue's last history, as the cloud sometimes does.
        var first = size > 1 && start > 0 && start < all.Count && all[start].Issue == all[start - 1].Issue ? start - 1 : start;
        var end = End(all, first, size);
        return call.Json(w => w.Object(() =>
        {
            w.Array("issueChangeLogs", all[first..end].GroupBy(entry => entry.Issue), group => w.Object(() =>
            {
                w.Json.WriteString("issueId", group.Key.IdText);
                w.Array("changeHistories", group, entry => HistoryAnswers.Entry(w, entry.History, inMilliseconds: true, only));
            }));
            if (end < all.Count)
                w.Json.WriteString("nextPageToken", PageToken.At(end));
        }));
    }

    /// <summary>A page ends at the size asked for or in the middle of its fiftieth issue, whichever comes first.</summary>
    private static int End(List<(JiraIssue Issue, History History)> all, int first, int size)
    {
        var limit = Math.Min(all.Count, first + size);
        var issues = 0;
        for (var at = first; at < limit; at++)
        {
            if (at > first && all[at].Issue == all[at - 1].Issue)
                continue;
            if (++issues < IssuesPerAnswer)
                continue;
            var length = all.Skip(at).TakeWhile(entry => entry.Issue == all[at].Issue).Count();
            return Math.Min(limit, Math.Max(at + ((length + 1) / 2), first + 2));
        }
        return limit;
    }
}
