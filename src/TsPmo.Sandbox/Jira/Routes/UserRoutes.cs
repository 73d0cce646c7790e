using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>The caller, other users, and what the caller may do.</summary>
internal static class UserRoutes
{
    private static readonly string[] _forMembers =
    [
        "BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ASSIGN_ISSUES", "SCHEDULE_ISSUES", "TRANSITION_ISSUES", "LINK_ISSUES", "WORK_ON_ISSUES",
        "ADD_COMMENTS", "EDIT_OWN_COMMENTS", "EDIT_ALL_COMMENTS", "DELETE_OWN_COMMENTS", "DELETE_ALL_COMMENTS", "USER_PICKER",
    ];

    private static readonly string[] _forAdministrators = ["ADMINISTER_PROJECTS", "ADMINISTER"];

    public static void Map(JiraRoutes routes)
    {
        routes.Get("myself", Myself);
        routes.Get("mypermissions", Permissions);
        routes.Get("user", One);
        routes.Get("user/search", Search);
        if (!routes.Dialect.IsCloud)
            return;
        routes.Get("user/bulk", Bulk);
        routes.Get("users/search", call => call.Json(w => w.Array(
            call.Site.Users.All.Skip(call.QueryNumber("startAt", 0)).Take(Math.Clamp(call.QueryNumber("maxResults", 50), 1, 1000)), u => w.User(u))));
    }

    private static JiraAnswer Myself(JiraCall call) => call.Json(w => w.Object(() =>
    {
        w.UserMembers(call.Site.Bot);
        w.Json.WriteString("locale", "en_GB");
        foreach (var list in (ReadOnlySpan<string>)["groups", "applicationRoles"])
            w.Object(list, () =>
            {
                w.Json.WriteNumber("size", 1);
                w.Array<string>("items", [], w.Json.WriteStringValue);
            });
        w.Json.WriteString("expand", "groups,applicationRoles");
    }));

    private static JiraAnswer One(JiraCall call)
    {
        var users = call.Site.Users;
        var user = call.Dialect.IsCloud
            ? users.Find(call.Query("accountId"))
            : users.Find(call.Query("key")) ?? (call.Query("username") is { } name ? users.ByName(name) : null);
        return user is null ? JiraAnswer.Error(404, "The user does not exist") : call.Json(w => w.User(user));
    }

    private static JiraAnswer Search(JiraCall call)
    {
        var text = call.Query("query") ?? call.Query("username") ?? "";
        var found = call.Site.Users.All.Where(u => text == "." || u.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase)
            || u.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
            || (!u.EmailHidden && u.Email.Contains(text, StringComparison.OrdinalIgnoreCase)));
        return call.Json(w => w.Array(found.Skip(call.QueryNumber("startAt", 0)).Take(Math.Clamp(call.QueryNumber("maxResults", 50), 1, 1000)), u => w.User(u)));
    }

    private static JiraAnswer Bulk(JiraCall call)
    {
        var accounts = call.QueryList("accountId") ?? [];
        if (accounts.Count == 0)
            return JiraAnswer.Error(400, "The accountId query parameter needs to be provided.");
        var found = accounts.Select(call.Site.Users.Find).OfType<JiraUser>().ToList();
        return call.Json(w => w.Page(call.Self("user/bulk"), call.QueryNumber("startAt", 0), Math.Clamp(call.QueryNumber("maxResults", 10), 1, 200), found, u => w.User(u)));
    }

    private static JiraAnswer Permissions(JiraCall call)
    {
        string[] all = [.. _forMembers, .. _forAdministrators];
        var asked = call.QueryList("permissions");
        if (call.Dialect.IsCloud && asked is null)
            return JiraAnswer.Error(400, "The 'permissions' query parameter is required.");
        if (asked?.FirstOrDefault(p => !all.Contains(p)) is { } unknown)
            return JiraAnswer.Error(400, $"Unrecognized permission: {unknown}");
        if (call.Query("projectKey") is { } key && call.Site.FindProject(key) is null)
            return JiraAnswer.Error(404, $"No project could be found with key '{key}'.");
        return call.Json(w => w.Object(() => w.Object("permissions", () =>
        {
            foreach (var permission in asked ?? all)
                Permission(w, permission, Array.IndexOf(all, permission));
        })));
    }

    private static bool Holds(JiraCall call, string permission) => (!_forAdministrators.Contains(permission) || call.Site.BotIsAdministrator)
        && (call.Query("projectKey") is not { } project || !call.Site.Denies(project, permission));

    private static void Permission(AnswerWriter writer, string key, int index) => writer.Object(key, () =>
    {
        var json = writer.Json;
        var words = key.ToLowerInvariant().Replace('_', ' ');
        writer.Id(index + 10);
        json.WriteString("key", key);
        json.WriteString("name", char.ToUpperInvariant(words[0]) + words[1..]);
        json.WriteString("type", key is "ADMINISTER" or "USER_PICKER" ? "GLOBAL" : "PROJECT");
        json.WriteString("description", $"Ability to {words}.");
        json.WriteBoolean("havePermission", Holds(writer.Call, key));
    });
}
