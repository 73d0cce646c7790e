using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Planning;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>Versions and sprints.</summary>
internal static class PlanFacts
{
    /// <summary>A version. It has one date: releasing it overwrites the planned day.</summary>
    public static MilestoneFact? Version(JsonElement body)
    {
        var version = body.Member("version");
        if (version.Text("id") is not { } id || body.Text("project") is not { } project)
            return null;
        var released = version.IsTrue("released");
        var date = JiraTime.Date(version.Text("releaseDate"));
        return new(id, project, version.Text("name") ?? "", JiraTime.Date(version.Text("startDate")), date, released, released ? date : null);
    }

    /// <summary>The versions that a project has.</summary>
    public static MilestonesOfProject? Versions(JsonElement body) =>
        body.Text("project") is { } project ? new(project, [.. body.Items("ids").Select(i => i.Text()).OfType<string>()]) : null;

    public static SprintFact? Sprint(JsonElement body)
    {
        var sprint = body.Member("sprint");
        if (sprint.Text("id") is not { } id)
            return null;
        return new()
        {
            Id = id,
            Project = NonEmpty(body.Text("project")),
            Name = sprint.Text("name") ?? "",
            BoardOrTeam = NonEmpty(body.Text("board")),
            Goal = NonEmpty(sprint.Text("goal")),
            State = State(sprint.Text("state")),
            Start = JiraTime.Instant(sprint.Member("activatedDate")) ?? JiraTime.Instant(sprint.Member("startDate")),
            End = JiraTime.Instant(sprint.Member("endDate")),
            Completed = JiraTime.Instant(sprint.Member("completeDate")),
        };
    }

    private static SprintState? State(string? state) => state?.ToUpperInvariant() switch
    {
        "FUTURE" => SprintState.Future,
        "ACTIVE" => SprintState.Active,
        "CLOSED" => SprintState.Closed,
        _ => null,
    };

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
