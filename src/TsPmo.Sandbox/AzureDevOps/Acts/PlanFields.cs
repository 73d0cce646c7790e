using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>
/// Which field carries a planning notion, by process and type. Points: StoryPoints (Agile), Effort (Scrum, Basic), Size (CMMI).
/// Planned finish: TargetDate for epics and features, FinishDate for tasks of Agile, Scrum and CMMI, DueDate for all others
/// (the templates give stories and bugs no finish of their own; DueDate exists in every organisation). Blocked: a field in CMMI, a tag elsewhere.
/// </summary>
internal static class PlanFields
{
    public const string BlockedTag = "Blocked";

    public static string Points(TeamProject project) => project.Process.PointsField;

    public static string PlannedFinish(TeamProject project, WorkItemTypeDefinition type) => type.Kind switch
    {
        "Epic" or "Feature" => FieldNames.TargetDate,
        "Task" or "Subtask" when project.Process.Name != "Basic" => FieldNames.FinishDate,
        _ => FieldNames.DueDate,
    };

    public static bool HasBlockedField(TeamProject project) => project.Process.Name == "CMMI";
}
