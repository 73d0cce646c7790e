using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The work item types a project works with, by the part they play. A part that a process has no type for is null.</summary>
internal sealed record TypeSet(TypeSpec Epic, TypeSpec? Feature, TypeSpec Story, TypeSpec Subtask, TypeSpec? Bug, TypeSpec? Incident, TypeSpec? Risk)
{
    public IReadOnlyList<TypeSpec> All { get; } = [.. new[] { Epic, Feature, Story, Subtask, Bug, Incident, Risk }.OfType<TypeSpec>()];

    public static TypeSet JiraAgile { get; } = Jira("Story", Flow(["To Do"], ["In Progress", "In Review"], ["Done"]));

    public static TypeSet JiraKanban { get; } = Jira("Task", Flow(["Backlog", "Selected for Development"], ["In Progress", "In Review"], ["Done"]));

    public static TypeSet JiraWaterfall { get; } = Jira("Task", Flow(["Open"], ["In Progress", "Awaiting Approval"], ["Closed"]));

    public static TypeSet Azure(string process) => process switch
    {
        "Agile" => new(
            new("Epic", "Epic", Agile(removed: true)), new("Feature", "Feature", Agile(removed: true)), new("User Story", "Story", Agile(removed: true)),
            new("Task", "Subtask", Flow(["New"], ["Active"], ["Closed"], ["Removed"])), new("Bug", "Bug", Agile(removed: false)), null,
            new("Issue", "Risk", Flow([], ["Active"], ["Closed"]))),
        "Scrum" => new(
            new("Epic", "Epic", Flow(["New"], ["In Progress"], ["Done"], ["Removed"])), new("Feature", "Feature", Flow(["New"], ["In Progress"], ["Done"], ["Removed"])),
            new("Product Backlog Item", "Story", ScrumItem()), new("Task", "Subtask", Flow(["To Do"], ["In Progress"], ["Done"], ["Removed"])),
            new("Bug", "Bug", ScrumItem()), null, new("Impediment", "Risk", Flow([], ["Open"], ["Closed"]))),
        "CMMI" => new(
            new("Epic", "Epic", Cmmi()), new("Feature", "Feature", Cmmi()), new("Requirement", "Story", Cmmi()), new("Task", "Subtask", Cmmi()), new("Bug", "Bug", Cmmi()),
            null, new("Risk", "Risk", Flow(["Proposed"], ["Active"], ["Closed"]))),
        _ => new(
            new("Epic", "Epic", Basic()), null, new("Issue", "Story", Basic()), new("Task", "Subtask", Basic()), null, null, null),
    };

    private static TypeSet Jira(string story, IReadOnlyList<StatusSpec> flow) => new(
        new("Epic", "Epic", flow), null, new(story, story, flow), new("Sub-task", "Subtask", Flow([flow[0].Name], ["In Progress"], [flow[^1].Name])), new("Bug", "Bug", flow),
        new("Incident", "Incident", Flow(["Open"], ["Investigating", "Mitigated"], ["Resolved"])), new("Risk", "Risk", Flow(["Identified"], ["Mitigating"], ["Retired"])));

    private static IReadOnlyList<StatusSpec> Agile(bool removed) => Flow(["New"], ["Active", "Resolved"], ["Closed"], removed ? ["Removed"] : []);

    private static IReadOnlyList<StatusSpec> ScrumItem() => Flow(["New", "Approved"], ["Committed"], ["Done"], ["Removed"]);

    private static IReadOnlyList<StatusSpec> Cmmi() => Flow(["Proposed"], ["Active", "Resolved"], ["Closed"]);

    private static IReadOnlyList<StatusSpec> Basic() => Flow(["To Do"], ["Doing"], ["Done"]);

    private static IReadOnlyList<StatusSpec> Flow(string[] toDo, string[] inProgress, string[] done, string[]? removed = null) =>
    [
        .. toDo.Select(s => new StatusSpec(s, TruthState.ToDo)), .. inProgress.Select(s => new StatusSpec(s, TruthState.InProgress)),
        .. done.Select(s => new StatusSpec(s, TruthState.Done)), .. (removed ?? []).Select(s => new StatusSpec(s, TruthState.Removed)),
    ];
}

/// <summary>Questions about a workflow.</summary>
internal static class WorkflowSteps
{
    public static string First(this TypeSpec type, TruthState state) => type.Workflow.First(s => s.State == state).Name;

    public static IReadOnlyList<string> All(this TypeSpec type, TruthState state) => [.. type.Workflow.Where(s => s.State == state).Select(s => s.Name)];

    public static string Start(this TypeSpec type) => type.Workflow[0].Name;

    public static string? Removed(this TypeSpec type) => type.Workflow.FirstOrDefault(s => s.State == TruthState.Removed)?.Name;
}
