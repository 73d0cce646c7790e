using System.Globalization;
using System.Text.Json;

namespace TsPmo.Testing.Scale;

/// <summary>Issues and histories of a computed site as Jira tells them.</summary>
internal sealed class ScaleAnswers(ScaleSite site, string origin)
{
    /// <summary>Field of the story points.</summary>
    public const string PointsField = "customfield_10016";

    /// <summary>Field of the sprints.</summary>
    public const string SprintField = "customfield_10020";

    /// <summary>Field of the epic's key.</summary>
    public const string EpicField = "customfield_10014";

    public void Issue(Utf8JsonWriter json, int issue, bool idOnly, bool withHistories)
    {
        json.WriteStartObject();
        json.WriteString("id", Text(ScaleSite.Id(issue)));
        json.WriteString("key", site.Key(issue));
        json.WriteString("self", $"{origin}/rest/api/3/issue/{ScaleSite.Id(issue)}");
        if (!idOnly)
            Fields(json, issue);
        if (withHistories)
        {
            json.WriteStartObject("changelog");
            json.WriteNumber("startAt", 0);
            json.WriteNumber("maxResults", ScaleSite.Length(issue));
            json.WriteNumber("total", ScaleSite.Length(issue));
            json.WriteStartArray("histories");
            for (var entry = 0; entry < ScaleSite.Length(issue); entry++)
                History(json, issue, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public void History(Utf8JsonWriter json, int issue, int entry)
    {
        json.WriteStartObject();
        json.WriteString("id", Text((ScaleSite.Id(issue) * 20L) + entry));
        User(json, "author", (issue + entry) % ScaleSite.People);
        if (site.IsCloud)
            json.WriteNumber("created", site.At(issue, entry).ToUnixTimeMilliseconds());
        else
            json.WriteString("created", Instant(site.At(issue, entry)));
        json.WriteStartArray("items");
        Item(json, ScaleSite.Change(issue, entry));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void User(Utf8JsonWriter json, string name, int person)
    {
        json.WriteStartObject(name);
        UserMembers(json, person);
        json.WriteEndObject();
    }

    public void UserMembers(Utf8JsonWriter json, int person)
    {
        var account = Account(person);
        json.WriteString("self", $"{origin}/rest/api/3/user?accountId={account}");
        if (site.IsCloud)
            json.WriteString("accountId", account);
        else
            json.WriteString("key", account);
        json.WriteString("name", account);
        json.WriteString("emailAddress", $"person{person}@example.com");
        json.WriteStartObject("avatarUrls");
        foreach (var size in (ReadOnlySpan<string>)["48x48", "24x24", "16x16", "32x32"])
            json.WriteString(size, $"{origin}/avatar/{account}/{size}.png");
        json.WriteEndObject();
        json.WriteString("displayName", $"Person Number {person}");
        json.WriteBoolean("active", true);
        json.WriteString("timeZone", "Europe/Zurich");
        json.WriteString("accountType", "atlassian");
    }

    public void Status(Utf8JsonWriter json, int status)
    {
        json.WriteString("self", $"{origin}/rest/api/3/status/{status + 1}");
        json.WriteString("id", Text(status + 1));
        json.WriteString("name", ScaleChange.Statuses[status]);
        json.WriteStartObject("statusCategory");
        json.WriteNumber("id", status + 2);
        json.WriteString("key", status switch { 0 => "new", 1 => "indeterminate", _ => "done" });
        json.WriteString("name", ScaleChange.Statuses[status]);
        json.WriteEndObject();
    }

    public static void Type(Utf8JsonWriter json)
    {
        json.WriteString("id", "10001");
        json.WriteString("name", "Story");
        json.WriteBoolean("subtask", false);
        json.WriteNumber("hierarchyLevel", 0);
    }

    public static void Project(Utf8JsonWriter json, int project)
    {
        json.WriteString("id", Text(10_000 + project));
        json.WriteString("key", ScaleSite.ProjectKey(project));
        json.WriteString("name", $"Scale {project + 1}");
        json.WriteString("projectTypeKey", "software");
    }

    public void Board(Utf8JsonWriter json, int project)
    {
        json.WriteNumber("id", project + 1);
        json.WriteString("self", $"{origin}/rest/agile/1.0/board/{project + 1}");
        json.WriteString("name", $"Board {project + 1}");
        json.WriteString("type", "scrum");
        Object(json, "location", w => w.WriteString("projectKey", ScaleSite.ProjectKey(project)));
    }

    public static void Configuration(Utf8JsonWriter json) => Object(json, "estimation", w =>
    {
        w.WriteString("type", "field");
        Object(w, "field", field =>
        {
            field.WriteString("fieldId", PointsField);
            field.WriteString("displayName", "Story point estimate");
        });
    });

    public static void Sprint(Utf8JsonWriter json, int project, int sprint)
    {
        json.WriteNumber("id", ScaleSite.SprintId(project, sprint));
        json.WriteString("state", ScaleSite.SprintState(sprint));
        json.WriteString("name", $"Sprint {sprint + 1}");
        json.WriteString("startDate", Instant(ScaleSite.SprintStart(sprint)));
        json.WriteString("endDate", Instant(ScaleSite.SprintStart(sprint + 1)));
        if (ScaleSite.SprintState(sprint) == "closed")
            json.WriteString("completeDate", Instant(ScaleSite.SprintStart(sprint + 1)));
        json.WriteNumber("originBoardId", project + 1);
    }

    private static string Account(int person) => string.Create(CultureInfo.InvariantCulture, $"5b10a2844c20165700ed{person:x4}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    private void Fields(Utf8JsonWriter json, int issue)
    {
        json.WriteStartObject("fields");
        json.WriteString("summary", $"Make the thing number {issue} do what was agreed with those who pay for it");
        Object(json, "issuetype", Type);
        Object(json, "project", w => Project(w, site.ProjectOf(issue)));
        Object(json, "status", w => Status(w, ScaleSite.Now("status", issue)));
        Object(json, "priority", w =>
        {
            w.WriteString("id", Text(ScaleSite.Now("priority", issue) + 1));
            w.WriteString("name", ScaleChange.Priorities[ScaleSite.Now("priority", issue)]);
        });
        json.WriteNull("resolution");
        json.WriteString("created", Instant(site.Created(issue)));
        json.WriteString("updated", Instant(site.Updated(issue)));
        json.WriteNull("duedate");
        json.WriteStartArray("labels");
        json.WriteStringValue($"label{ScaleSite.Now("labels", issue)}");
        json.WriteEndArray();
        User(json, "assignee", ScaleSite.Now("assignee", issue));
        User(json, "reporter", issue % ScaleSite.People);
        foreach (var list in (ReadOnlySpan<string>)["fixVersions", "components", "issuelinks"])
        {
            json.WriteStartArray(list);
            json.WriteEndArray();
        }

        if (site.EpicOf(issue) is { } epic)
            Parent(json, epic);
        json.WriteNumber(PointsField, ScaleSite.Now("points", issue));
        json.WriteStartArray(SprintField);
        json.WriteStartObject();
        Sprint(json, site.ProjectOf(issue), site.SprintOf(issue));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The cloud tells a parent beside the epic's key; Data Center the key alone.</summary>
    private void Parent(Utf8JsonWriter json, int epic)
    {
        json.WriteString(EpicField, site.Key(epic));
        if (site.IsCloud)
        {
            Object(json, "parent", w =>
            {
                w.WriteString("id", Text(ScaleSite.Id(epic)));
                w.WriteString("key", site.Key(epic));
            });
        }
    }

    private void Item(Utf8JsonWriter json, ScaleChange change)
    {
        json.WriteStartObject();
        json.WriteString("field", change.Field == "points" ? "Story point estimate" : change.Field);
        json.WriteString("fieldtype", change.Field == "points" ? "custom" : "jira");
        if (site.IsCloud)
            json.WriteString("fieldId", change.Field == "points" ? PointsField : change.Field);
        Side(json, "from", change.Field, change.From);
        Side(json, "to", change.Field, change.To);
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, string side, string field, int step)
    {
        var (id, text) = field switch
        {
            "status" => (Text(step + 1), ScaleChange.Statuses[step]),
            "priority" => (Text(step + 1), ScaleChange.Priorities[step]),
            "assignee" => (Account(step), $"Person Number {step}"),
            "points" => (null, Text(step)),
            _ => (null, $"label{step}"),
        };
        json.WriteString(side, id);
        json.WriteString(side + "String", text);
    }

    private static void Object(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject(name);
        members(json);
        json.WriteEndObject();
    }
}
