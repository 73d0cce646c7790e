using System.Globalization;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>A version, inside an issue and on its own.</summary>
internal static class VersionAnswers
{
    public static void Reference(AnswerWriter writer, JiraVersion version) => writer.Object(() => Members(writer, version));

    public static void Full(AnswerWriter writer, JiraVersion version, bool withCounts) => writer.Object(() =>
    {
        var json = writer.Json;
        Members(writer, version);
        if (version.Spec.Start is { } start)
        {
            json.WriteString("startDate", JiraTime.Day(start));
            json.WriteString("userStartDate", Shown(start));
        }
        if (version.ReleaseDate is { } date)
        {
            json.WriteString("userReleaseDate", Shown(date));
            if (!version.Spec.Released)
                json.WriteBoolean("overdue", date < DateOnly.FromDateTime(writer.Call.Site.Now.UtcDateTime));
        }
        json.WriteNumber("projectId", version.Project.Id);
        if (withCounts)
            Counts(writer, version);
    });

    public static IEnumerable<JiraIssue> Issues(JiraSite site, JiraVersion version) => site.Issues.Where(i => i.FixVersions.Contains(version));

    private static void Members(AnswerWriter writer, JiraVersion version)
    {
        var json = writer.Json;
        writer.Self("version/" + AnswerWriter.Text(version.Id));
        writer.Id(version.Id);
        json.WriteString("name", version.Spec.Name);
        json.WriteBoolean("archived", false);
        json.WriteBoolean("released", version.Spec.Released);
        if (version.ReleaseDate is { } date)
            json.WriteString("releaseDate", JiraTime.Day(date));
    }

    private static void Counts(AnswerWriter writer, JiraVersion version) => writer.Object("issuesStatusForFixVersion", () =>
    {
        var states = Issues(writer.Call.Site, version).ToLookup(i => i.Status.State);
        writer.Json.WriteNumber("unmapped", 0);
        writer.Json.WriteNumber("toDo", states[TruthState.ToDo].Count());
        writer.Json.WriteNumber("inProgress", states[TruthState.InProgress].Count());
        writer.Json.WriteNumber("done", states[TruthState.Done].Count() + states[TruthState.Removed].Count());
    });

    private static string Shown(DateOnly date) => date.ToString("dd/MMM/yy", CultureInfo.InvariantCulture);
}
