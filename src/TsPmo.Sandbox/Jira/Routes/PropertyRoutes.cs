using TsPmo.Sandbox.Jira.Answers;
using TsPmo.Sandbox.Jira.Http;

namespace TsPmo.Sandbox.Jira.Routes;

/// <summary>JSON that integrations hang on issues, comments, projects, boards and sprints: no mail, no history, no change of the last update.</summary>
internal static class PropertyRoutes
{
    private const int LongestKey = 255;
    private const int LongestValue = 32768;

    public static void Map(JiraRoutes routes)
    {
        Map(routes, "issue/{issue}/properties", call => call.Issue?.Properties);
        Map(routes, "comment/{comment}/properties", call => ByNumber(call, "comment", call.Site.Comments)?.Properties);
        Map(routes, "project/{project}/properties", call => call.Site.FindProject(call.Route("project"))?.Properties);
        Map(routes, "/rest/agile/1.0/board/{board}/properties", call => BoardRoutes.Project(call)?.Board.Properties);
        Map(routes, "/rest/agile/1.0/sprint/{sprint}/properties", call => ByNumber(call, "sprint", call.Site.Sprints)?.Properties);
    }

    private static void Map(JiraRoutes routes, string path, Func<JiraCall, Dictionary<string, string>?> owner)
    {
        routes.Get(path, call => With(call, owner, Keys));
        routes.Get(path + "/{property}", call => With(call, owner, Get));
        routes.Put(path + "/{property}", call => With(call, owner, Put));
        routes.Delete(path + "/{property}", call => With(call, owner, Delete));
    }

    private static JiraAnswer With(JiraCall call, Func<JiraCall, Dictionary<string, string>?> owner, Func<JiraCall, Dictionary<string, string>, JiraAnswer> answer) =>
        owner(call) is { } properties ? answer(call, properties) : JiraAnswer.Error(404, "The owner of the property does not exist or you do not have permission to see it.");

    private static T? ByNumber<T>(JiraCall call, string name, IDictionary<int, T> all) where T : class =>
        int.TryParse(call.Route(name), System.Globalization.CultureInfo.InvariantCulture, out var id) && all.TryGetValue(id, out var found) ? found : null;

    private static JiraAnswer Keys(JiraCall call, Dictionary<string, string> properties) => call.Json(w => w.Object(() =>
        w.Array("keys", properties.Keys, key => w.Object(() =>
        {
            w.Json.WriteString("self", $"{call.Address}/{Uri.EscapeDataString(key)}");
            w.Json.WriteString("key", key);
        }))));

    private static JiraAnswer Get(JiraCall call, Dictionary<string, string> properties)
    {
        var key = call.Route("property");
        if (!properties.TryGetValue(key, out var value))
            return JiraAnswer.Error(404, $"The property {key} does not exist.");
        return call.Json(w => w.Object(() =>
        {
            w.Json.WriteString("key", key);
            w.Json.WritePropertyName("value");
            w.Json.WriteRawValue(value);
        }));
    }

    private static JiraAnswer Put(JiraCall call, Dictionary<string, string> properties)
    {
        var key = call.Route("property");
        if (call.Body is not { } value)
            return JiraAnswer.Error(400, "The property value cannot be empty.");
        var text = value.ToJsonString();
        if (key.Length > LongestKey)
            return JiraAnswer.Error(400, "The property key cannot be longer than 255 characters.");
        if (text.Length > LongestValue)
            return JiraAnswer.Error(400, "The property value cannot be longer than 32768 characters.");
        var created = !properties.ContainsKey(key);
        properties[key] = text;
        return JiraAnswer.Empty(created ? 201 : 200);
    }

    private static JiraAnswer Delete(JiraCall call, Dictionary<string, string> properties) =>
        properties.Remove(call.Route("property")) ? JiraAnswer.Empty(204) : JiraAnswer.Error(404, $"The property {call.Route("property")} does not exist.");
}
