using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>Writes the small things that appear in many answers, in the caller's dialect, zone and address.</summary>
internal sealed class AnswerWriter(JiraCall call, Utf8JsonWriter json)
{
    public JiraCall Call => call;
    public Utf8JsonWriter Json => json;
    public bool IsCloud => call.Dialect.IsCloud;
    public TimeZoneInfo Zone => call.Site.Zone;

    public void Object(Action members)
    {
        json.WriteStartObject();
        members();
        json.WriteEndObject();
    }

    public void Object(string name, Action members)
    {
        json.WritePropertyName(name);
        Object(members);
    }

    public void Array<T>(IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    public void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.WritePropertyName(name);
        Array(items, write);
    }

    /// <summary>The envelope of the platform's and the agile API's pages.</summary>
    public void Page<T>(string? self, int startAt, int maxResults, IReadOnlyList<T> all, Action<T> write) => Object(() =>
    {
        if (self is not null)
            json.WriteString("self", self);
        json.WriteNumber("maxResults", maxResults);
        json.WriteNumber("startAt", startAt);
        json.WriteNumber("total", all.Count);
        json.WriteBoolean("isLast", startAt + maxResults >= all.Count);
        Array("values", all.Skip(startAt).Take(maxResults), write);
    });

    /// <summary>A name of Jira's own, in the site's language.</summary>
    public string Local(string name) => call.Site.Switches.German ? German.Of(name) : name;

    public void Self(string path) => json.WriteString("self", call.Self(path));

    public void Id(int id) => json.WriteString("id", Text(id));

    public void Instant(string name, DateTimeOffset at) => json.WriteString(name, JiraTime.Text(at, Zone));

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public void User(JiraUser? user)
    {
        if (user is null)
            json.WriteNullValue();
        else
            Object(() => UserMembers(user));
    }

    public void User(string name, JiraUser? user)
    {
        json.WritePropertyName(name);
        User(user);
    }

    public void UserMembers(JiraUser user)
    {
        Self(IsCloud ? $"user?accountId={user.Account}" : $"user?username={Uri.EscapeDataString(user.Name)}");
        if (IsCloud)
            json.WriteString("accountId", user.Account);
        else
            UserNames(user);
        if (!user.EmailHidden || user == call.Caller)
            json.WriteString("emailAddress", user.Email);
        Avatars("avatar");
        json.WriteString("displayName", user.DisplayName);
        json.WriteBoolean("active", true);
        if (call.Site.Switches.TellsTimeZone)
            json.WriteString("timeZone", Zone.Id);
        if (IsCloud)
            json.WriteString("accountType", "atlassian");
    }

    private void UserNames(JiraUser user)
    {
        json.WriteString("name", user.Name);
        json.WriteString("key", user.Account);
    }

    public void Avatars(string path) => Object("avatarUrls", () =>
    {
        foreach (var size in (ReadOnlySpan<string>)["48", "24", "16", "32"])
            json.WriteString($"{size}x{size}", $"{call.BaseUrl}/{path}/{size}");
    });

    public void Status(JiraStatus status) => Object(() =>
    {
        Self("status/" + Text(status.Id));
        json.WriteString("description", "");
        json.WriteString("iconUrl", call.BaseUrl + "/images/icons/statuses/generic.png");
        json.WriteString("name", Local(status.Name));
        Id(status.Id);
        json.WritePropertyName("statusCategory");
        Category(status.State);
        if (status.Scope is { } project)
            Scope(project);
    });

    public void Category(TruthState state)
    {
        var (id, key, name, color) = state switch
        {
            TruthState.ToDo => (2, "new", "To Do", IsCloud ? "blue-gray" : "default"),
            TruthState.InProgress => (4, "indeterminate", "In Progress", IsCloud ? "yellow" : "inprogress"),
            _ => (3, "done", "Done", IsCloud ? "green" : "success"),
        };
        Category(id, key, name, color);
    }

    public void Category(int id, string key, string name, string color) => Object(() =>
    {
        Self("statuscategory/" + Text(id));
        json.WriteNumber("id", id);
        json.WriteString("key", key);
        json.WriteString("colorName", color);
        json.WriteString("name", Local(name));
    });

    /// <summary>The project that a status, a type or a field belongs to alone.</summary>
    public void Scope(JiraProject project) => Object("scope", () =>
    {
        json.WriteString("type", "PROJECT");
        Object("project", () => Id(project.Id));
    });

    public void IssueType(JiraIssueType type) => Object(() =>
    {
        Self("issuetype/" + Text(type.Id));
        Id(type.Id);
        json.WriteString("description", "");
        json.WriteString("iconUrl", $"{call.BaseUrl}/images/icons/issuetypes/{(type.IsSubtask ? "subtask" : "story")}.svg");
        json.WriteString("name", Local(type.Name));
        json.WriteBoolean("subtask", type.IsSubtask);
        json.WriteNumber("avatarId", 10315);
        if (IsCloud)
            json.WriteNumber("hierarchyLevel", type.HierarchyLevel);
        if (type.Scope is { } project)
            Scope(project);
    });

    public void Priority(JiraOption? priority)
    {
        if (priority is null)
        {
            json.WriteNullValue();
            return;
        }
        Object(() =>
        {
            Self("priority/" + Text(priority.Id));
            json.WriteString("iconUrl", $"{call.BaseUrl}/images/icons/priorities/{priority.Name.ToLowerInvariant()}.svg");
            json.WriteString("name", Local(priority.Name));
            Id(priority.Id);
        });
    }

    public void Resolution(JiraOption? resolution)
    {
        if (resolution is null)
        {
            json.WriteNullValue();
            return;
        }
        Object(() =>
        {
            Self("resolution/" + Text(resolution.Id));
            Id(resolution.Id);
            json.WriteString("description", "");
            json.WriteString("name", Local(resolution.Name));
        });
    }

    /// <summary>A project as it appears inside other things.</summary>
    public void ProjectReference(JiraProject project) => Object(() => ProjectMembers(project));

    public void ProjectMembers(JiraProject project)
    {
        Self("project/" + Text(project.Id));
        Id(project.Id);
        json.WriteString("key", project.Key);
        json.WriteString("name", project.Name);
        json.WriteString("projectTypeKey", project.IsServiceDesk ? "service_desk" : "software");
        if (IsCloud)
            json.WriteBoolean("simplified", project.IsTeamManaged);
        Avatars("secure/projectavatar");
    }

    public void Node(string name, JsonNode? node)
    {
        json.WritePropertyName(name);
        if (node is null)
            json.WriteNullValue();
        else
            node.WriteTo(json);
    }
}
