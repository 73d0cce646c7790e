using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>What the site says of itself: version, fields, statuses, types, priorities, resolutions and link types.</summary>
internal static class SystemRoutes
{
    private static readonly DateTimeOffset _built = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    public static void Map(JiraRoutes routes, IssueFields fields)
    {
        routes.Get("serverInfo", ServerInfo, Anonymous.Answered);
        routes.Get("configuration", Configuration);
        routes.Get("field", call => Fields(call, fields), Anonymous.Answered);
        routes.Get("status", call => call.Json(w => w.Array(call.Site.Catalogue.Statuses, w.Status)));
        routes.Get("status/{status}", Status);
        routes.Get("statuscategory", Categories);
        routes.Get("issuetype", call => call.Json(w => w.Array(call.Site.Catalogue.Types, w.IssueType)));
        routes.Get("priority", call => call.Json(w => w.Array(call.Site.Catalogue.Priorities, p => w.Priority(p))));
        routes.Get("resolution", call => call.Json(w => w.Array(call.Site.Catalogue.Resolutions, r => w.Resolution(r))));
        routes.Get("issueLinkType", call => call.Json(w => w.Object(() =>
            w.Array("issueLinkTypes", call.Site.Catalogue.LinkTypes, t => IssueAnswers.LinkType(w, t)))));
        if (!routes.Dialect.IsCloud)
            return;
        routes.Get("priority/search", call => Page(call, call.Site.Catalogue.Priorities, (w, p) => w.Priority(p)));
        routes.Get("resolution/search", call => Page(call, call.Site.Catalogue.Resolutions, (w, r) => w.Resolution(r)));
    }

    private static JiraAnswer ServerInfo(JiraCall call) => call.Json(w => w.Object(() =>
    {
        var json = w.Json;
        json.WriteString("baseUrl", call.SiteUrl);
        json.WriteString("version", call.Dialect.Version);
        w.Array("versionNumbers", call.Dialect.VersionNumbers, json.WriteNumberValue);
        json.WriteString("deploymentType", call.Dialect.IsCloud ? "Cloud" : "Server");
        json.WriteNumber("buildNumber", call.Dialect.IsCloud ? 100291 : 10030024);
        w.Instant("buildDate", _built);
        w.Instant("serverTime", call.Site.Now.AddSeconds(call.Site.Switches.ClockSkewSeconds));
        json.WriteString("scmInfo", "a1b2c3d4");
        json.WriteString("serverTitle", "Jira");
        if (!call.Dialect.IsCloud)
            return;
        w.Object("defaultLocale", () => json.WriteString("locale", "en_US"));
        json.WriteString("serverTimeZone", w.Zone.Id);
    }));

    private static JiraAnswer Configuration(JiraCall call) => call.Json(w => w.Object(() =>
    {
        foreach (var name in (ReadOnlySpan<string>)["votingEnabled", "watchingEnabled", "unassignedIssuesAllowed", "subTasksEnabled", "issueLinkingEnabled", "timeTrackingEnabled", "attachmentsEnabled"])
            w.Json.WriteBoolean(name, true);
        w.Object("timeTrackingConfiguration", () =>
        {
            w.Json.WriteNumber("workingHoursPerDay", 8.0);
            w.Json.WriteNumber("workingDaysPerWeek", 5.0);
            w.Json.WriteString("timeFormat", "pretty");
            w.Json.WriteString("defaultUnit", "minute");
        });
    }));

    /// <summary>Somebody who is not signed in sees no custom field.</summary>
    private static JiraAnswer Fields(JiraCall call, IssueFields fields) => call.Json(w =>
        w.Array(fields.Of(call.Site).Where(f => call.Caller is not null || f.Schema.Custom is null), f => Field(w, f)));

    private static void Field(AnswerWriter writer, IssueField field) => writer.Object(() =>
    {
        var json = writer.Json;
        var isCustom = field.Schema.Custom is not null;
        json.WriteString("id", field.Id);
        if (writer.IsCloud)
            json.WriteString("key", field.Id);
        json.WriteString("name", writer.Local(field.Name));
        if (writer.IsCloud && isCustom)
            json.WriteString("untranslatedName", field.Name);
        json.WriteBoolean("custom", isCustom);
        json.WriteBoolean("orderable", true);
        json.WriteBoolean("navigable", field.Navigable);
        json.WriteBoolean("searchable", true);
        writer.Array("clauseNames", field.ClauseNames, json.WriteStringValue);
        json.WritePropertyName("schema");
        field.Schema.WriteTo(writer);
        if (field.Scope is { } project)
            writer.Scope(project);
    });

    private static JiraAnswer Status(JiraCall call)
    {
        var wanted = call.Route("status");
        var status = call.Site.Catalogue.Statuses.FirstOrDefault(s => AnswerWriter.Text(s.Id) == wanted || string.Equals(s.Name, wanted, StringComparison.OrdinalIgnoreCase));
        return status is null ? JiraAnswer.Error(404, $"The status with id or name '{wanted}' does not exist") : call.Json(w => w.Status(status));
    }

    private static JiraAnswer Categories(JiraCall call) => call.Json(w =>
    {
        w.Json.WriteStartArray();
        w.Category(1, "undefined", "No Category", call.Dialect.IsCloud ? "medium-gray" : "default");
        foreach (var state in (ReadOnlySpan<World.TruthState>)[World.TruthState.ToDo, World.TruthState.InProgress, World.TruthState.Done])
            w.Category(state);
        w.Json.WriteEndArray();
    });

    private static JiraAnswer Page(JiraCall call, IReadOnlyList<JiraOption> all, Action<AnswerWriter, JiraOption> write) =>
        call.Json(w => w.Page(null, call.QueryNumber("startAt", 0), Math.Clamp(call.QueryNumber("maxResults", 50), 1, 50), all, o => write(w, o)));
}
