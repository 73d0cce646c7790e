using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.Jql;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>Searching: by token in the cloud, by position in Data Center.</summary>
internal sealed class SearchRoutes(IssueFields fields)
{
    private const string Gone = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046";
    private const string Unbounded = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";

    public void Map(JiraRoutes routes)
    {
        if (!routes.Dialect.IsCloud)
        {
            routes.Get("search", ByPosition, Anonymous.Answered);
            routes.Post("search", ByPosition, Anonymous.Answered);
            return;
        }
        foreach (var removed in (ReadOnlySpan<string>)["/rest/api/3/search", "/rest/api/2/search"])
        {
            routes.Get(removed, _ => JiraAnswer.Error(410, Gone), Anonymous.Answered);
            routes.Post(removed, _ => JiraAnswer.Error(410, Gone), Anonymous.Answered);
        }
        routes.Get("search/jql", ByToken, Anonymous.Answered);
        routes.Post("search/jql", ByToken, Anonymous.Answered);
        routes.Post("search/approximate-count", Count, Anonymous.Answered);
    }

    private JiraAnswer ByToken(JiraCall call)
    {
        var request = SearchRequest.Of(call, defaultFields: ["id"]);
        if (request.Reconcile.Count > 50)
            return JiraAnswer.Error(400, "At most 50 issues can be reconciled.");
        if (request.Properties.Count > 5)
            return JiraAnswer.Error(400, "At most 5 properties can be asked for.");
        var result = JqlParser.Parse(request.Jql, call.Site, call.Caller, request.Reconcile);
        if (result.Query is not { } query)
            return JiraAnswer.Error(400, [.. result.Errors]);
        return query.IsBounded ? TokenPage(call, query.Run(Visible(call, request.Reconcile)), request) : JiraAnswer.Error(400, Unbounded);
    }

    /// <summary>A page of the cloud: no total, a cap that depends on the fields, and now and then an issue fewer than asked for.</summary>
    public JiraAnswer TokenPage(JiraCall call, IReadOnlyList<JiraIssue> found, SearchRequest request, bool agile = false)
    {
        if (PageToken.Start(request.Token, found) is not { } start)
            return JiraAnswer.Error(400, "The provided next page token is invalid or has expired.");
        var shape = IssueShape.Of(fields, request.Fields, request.Expand, request.Properties) with { Agile = agile };
        var size = Math.Clamp(request.MaxResults, 1, shape.Fields.Count == 0 ? 5000 : 100);
        if (call.Site.Switches.ShortPages && size >= 50 && start / size % 3 == 1)
            size--;
        var page = found.Skip(start).Take(size).ToList();
        var isLast = start + page.Count >= found.Count;
        return call.Json(w => w.Object(() =>
        {
            w.Array("issues", page, i => IssueAnswers.Full(w, i, shape));
            if (!isLast)
                w.Json.WriteString("nextPageToken", PageToken.After(page[^1], start + page.Count));
            w.Json.WriteBoolean("isLast", isLast);
            IssueAnswers.Descriptions(w, shape);
        }));
    }

    private JiraAnswer ByPosition(JiraCall call)
    {
        var request = SearchRequest.Of(call, defaultFields: ["*navigable"]);
        var result = JqlParser.Parse(request.Jql, call.Site, call.Caller);
        return result.Query is { } query ? PositionPage(call, query.Run(Visible(call)), request) : JiraAnswer.Error(400, [.. result.Errors]);
    }

    /// <summary>A page of Data Center: the cap is lower where whole histories come along, and what is echoed is what was applied.</summary>
    public JiraAnswer PositionPage(JiraCall call, IReadOnlyList<JiraIssue> found, SearchRequest request, bool agile = false)
    {
        var shape = IssueShape.Of(fields, request.Fields, request.Expand) with { IdOnly = false, Agile = agile };
        var cap = shape.Changelog ? 100 : 1000;
        var size = request.MaxResults < 0 ? cap : Math.Min(request.MaxResults, cap);
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteString("expand", "names,schema");
            w.Json.WriteNumber("startAt", request.StartAt);
            w.Json.WriteNumber("maxResults", size);
            w.Json.WriteNumber("total", found.Count);
            w.Array("issues", found.Skip(request.StartAt).Take(size), i => IssueAnswers.Full(w, i, shape));
            IssueAnswers.Descriptions(w, shape);
        }));
    }

    private static JiraAnswer Count(JiraCall call)
    {
        var result = JqlParser.Parse(call.Text("jql") ?? "", call.Site, call.Caller);
        if (result.Query is not { } query)
            return JiraAnswer.Error(400, [.. result.Errors]);
        return query.IsBounded
            ? call.Json(w => w.Object(() => w.Json.WriteNumber("count", Visible(call).Count(query.Matches))))
            : JiraAnswer.Error(400, Unbounded);
    }

    /// <summary>Who is not signed in finds nothing, and is not told why.</summary>
    private static IEnumerable<JiraIssue> Visible(JiraCall call, IReadOnlyList<string>? reconciled = null) => call.Caller is null
        ? []
        : call.Site.Issues.Where(i => call.Site.IsIndexed(i) || reconciled?.Contains(i.IdText) == true);
}

/// <summary>What a search asks for, whether it came in the address or in the body.</summary>
internal sealed record SearchRequest(string Jql, IReadOnlyList<string> Fields, IReadOnlyList<string> Expand, int MaxResults)
{
    public int StartAt { get; init; }
    public string? Token { get; init; }
    public IReadOnlyList<string> Properties { get; init; } = [];
    public IReadOnlyList<string> Reconcile { get; init; } = [];

    public static SearchRequest Of(JiraCall call, IReadOnlyList<string> defaultFields) => call.Body is null
        ? new(call.Query("jql") ?? "", call.QueryList("fields") ?? defaultFields, call.QueryList("expand") ?? [], call.QueryNumber("maxResults", 50))
        {
            StartAt = Math.Max(0, call.QueryNumber("startAt", 0)),
            Token = call.Query("nextPageToken"),
            Properties = call.QueryList("properties") ?? [],
            Reconcile = call.QueryList("reconcileIssues") ?? [],
        }
        : new(call.Text("jql") ?? "", call.List("fields") ?? defaultFields, Expansions(call), call.Number("maxResults", 50))
        {
            StartAt = Math.Max(0, call.Number("startAt", 0)),
            Token = call.Text("nextPageToken"),
            Properties = call.List("properties") ?? [],
            Reconcile = call.List("reconcileIssues") ?? [],
        };

    /// <summary>In a body the cloud wants one text with commas, Data Center a list.</summary>
    private static IReadOnlyList<string> Expansions(JiraCall call) =>
        call.List("expand") ?? call.Text("expand")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
