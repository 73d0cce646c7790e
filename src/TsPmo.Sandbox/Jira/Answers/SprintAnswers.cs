using System.Globalization;
using TsPmo.Sandbox.Jira.Http;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Answers;

/// <summary>A sprint in its three shapes: the agile API's bean, the cloud's field value, and the text that Data Center puts into the field.</summary>
internal static class SprintAnswers
{
    public static void Bean(AnswerWriter writer, JiraSprint sprint) => writer.Object(() =>
    {
        var (json, spec) = (writer.Json, sprint.Spec);
        json.WriteNumber("id", sprint.Id);
        json.WriteString("self", $"{writer.Call.BaseUrl}/rest/agile/1.0/sprint/{AnswerWriter.Text(sprint.Id)}");
        json.WriteString("state", spec.State);
        json.WriteString("name", spec.Name);
        Date(writer, "startDate", spec.Start);
        Date(writer, "endDate", spec.End);
        Date(writer, "completeDate", spec.Completed);
        if (writer.IsCloud)
            Date(writer, "createdDate", sprint.Created);
        else
            Date(writer, "activatedDate", spec.Activated);
        json.WriteNumber("originBoardId", sprint.Project.Board.Id);
        json.WriteString("goal", spec.Goal ?? "");
        if (!writer.IsCloud)
        {
            json.WriteBoolean("synced", false);
            json.WriteBoolean("autoStartStop", false);
        }
    });

    /// <summary>Every sprint the issue was in; null, not an empty list, where there is none.</summary>
    public static void Field(AnswerWriter writer, JiraIssue issue)
    {
        if (issue.Sprints.Count == 0)
            writer.Json.WriteNullValue();
        else if (writer.IsCloud)
            writer.Array(issue.Sprints, s => Value(writer, s));
        else
            writer.Array(issue.Sprints, s => writer.Json.WriteStringValue(GreenHopper(s, writer.Zone)));
    }

    private static void Value(AnswerWriter writer, JiraSprint sprint) => writer.Object(() =>
    {
        var (json, spec) = (writer.Json, sprint.Spec);
        json.WriteNumber("id", sprint.Id);
        json.WriteString("name", spec.Name);
        json.WriteString("state", spec.State);
        json.WriteNumber("boardId", sprint.Project.Board.Id);
        json.WriteString("goal", spec.Goal ?? "");
        Date(writer, "startDate", spec.Start);
        Date(writer, "endDate", spec.End);
        Date(writer, "completeDate", spec.Completed);
    });

    /// <summary>The printed Java object. Old versions put the id last, so every other sprint has its id last.</summary>
    private static string GreenHopper(JiraSprint sprint, TimeZoneInfo zone)
    {
        var spec = sprint.Spec;
        var id = AnswerWriter.Text(sprint.Id);
        var middle = string.Create(CultureInfo.InvariantCulture,
            $"rapidViewId={sprint.Project.Board.Id},state={spec.State.ToUpperInvariant()},name={spec.Name},startDate={Printed(spec.Start, zone)},endDate={Printed(spec.End, zone)},completeDate={Printed(spec.Completed, zone)}");
        var activated = $",activatedDate={Printed(spec.Activated, zone)}";
        var body = sprint.Id % 2 == 0
            ? $"{middle}{activated},sequence={id},goal={spec.Goal ?? "<null>"},id={id}"
            : $"id={id},{middle}{activated},sequence={id},goal={spec.Goal},autoStartStop=false";
        var hash = (0x4263b21c + (sprint.Id * 7919)).ToString("x", CultureInfo.InvariantCulture);
        return $"com.atlassian.greenhopper.service.sprint.Sprint@{hash}[{body}]";
    }

    private static string Printed(DateTimeOffset? at, TimeZoneInfo zone) => at is { } instant ? JiraTime.Colon(instant, zone) : "<null>";

    private static void Date(AnswerWriter writer, string name, DateTimeOffset? at)
    {
        if (at is { } instant)
            writer.Json.WriteString(name, writer.IsCloud ? JiraTime.Zulu(instant) : JiraTime.Colon(instant, writer.Zone));
    }
}
