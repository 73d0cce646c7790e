namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>One of the vendor's four process templates: its types with their states, and the fields that differ between processes.</summary>
internal sealed record ProcessTemplate(string Name, Guid Id, string PointsField, string RequirementType, IReadOnlyList<WorkItemTypeDefinition> Types)
{
    private const string New = "New", Active = "Active", Resolved = "Resolved", Closed = "Closed", Removed = "Removed", Done = "Done";

    private static readonly ProcessTemplate[] All = [Agile(), Scrum(), Cmmi(), Basic()];

    public static IReadOnlyList<ProcessTemplate> Known => All;

    /// <summary>The template of that name; Agile where the name is null.</summary>
    public static ProcessTemplate Of(string? name) =>
        All.FirstOrDefault(process => process.Name.Equals(name ?? "Agile", StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no process template \"{name}\".", nameof(name));

    private static ProcessTemplate Agile()
    {
        (string, string)[] story = [(New, "Proposed"), (Active, "InProgress"), (Resolved, "Resolved"), (Closed, "Completed"), (Removed, "Removed")];
        (string, string)[] task = [(New, "Proposed"), (Active, "InProgress"), (Closed, "Completed"), (Removed, "Removed")];
        return Template("Agile", "adcc42ab-9882-485e-a3ed-7678f01f66bc", FieldNames.StoryPoints, "User Story",
            Type("Epic", "Epic", story), Type("Feature", "Feature", story), Type("User Story", "Story", story), Type("Task", "Task", task),
            Type("Bug", "Bug", story[..4]), Type("Issue", "Risk", [(Active, "InProgress"), (Closed, "Completed")]));
    }

    private static ProcessTemplate Scrum()
    {
        (string, string)[] portfolio = [(New, "Proposed"), ("In Progress", "InProgress"), (Done, "Completed"), (Removed, "Removed")];
        (string, string)[] item = [(New, "Proposed"), ("Approved", "Proposed"), ("Committed", "InProgress"), (Done, "Completed"), (Removed, "Removed")];
        (string, string)[] task = [("To Do", "Proposed"), ("In Progress", "InProgress"), (Done, "Completed"), (Removed, "Removed")];
        return Template("Scrum", "6b724908-ef14-45cf-84f8-768b5384da45", FieldNames.Effort, "Product Backlog Item",
            Type("Epic", "Epic", portfolio), Type("Feature", "Feature", portfolio), Type("Product Backlog Item", "Story", item), Type("Task", "Task", task),
            Type("Bug", "Bug", item), Type("Impediment", "Risk", [("Open", "Proposed"), (Closed, "Completed")]));
    }

    private static ProcessTemplate Cmmi()
    {
        (string, string)[] states = [("Proposed", "Proposed"), (Active, "InProgress"), (Resolved, "Resolved"), (Closed, "Completed")];
        return Template("CMMI", "27450541-8e31-4150-9947-dc59f998fc01", FieldNames.Size, "Requirement",
            Type("Epic", "Epic", states), Type("Feature", "Feature", states), Type("Requirement", "Story", states), Type("Task", "Task", states),
            Type("Bug", "Bug", states), Type("Issue", "Risk", states), Type("Risk", "Risk", [states[0], states[1], states[3]]));
    }

    private static ProcessTemplate Basic()
    {
        (string, string)[] states = [("To Do", "Proposed"), ("Doing", "InProgress"), (Done, "Completed")];
        return Template("Basic", "b8a3a935-7e91-48b8-a94c-606d37c3e9f2", FieldNames.Effort, "Issue",
            Type("Epic", "Epic", states), Type("Issue", "Story", states), Type("Task", "Task", states));
    }

    private static ProcessTemplate Template(string name, string id, string points, string requirement, params WorkItemTypeDefinition[] types) =>
        new(name, Guid.Parse(id), points, requirement, types);

    private static WorkItemTypeDefinition Type(string name, string kind, (string Name, string Category)[] states) =>
        new(name, kind, [.. states.Select(state => new StateDefinition(state.Name, state.Category))]);
}

/// <summary>A work item type of a project. Kind is the word the portfolio generator uses; it decides the backlog level.</summary>
internal sealed record WorkItemTypeDefinition(string Name, string Kind, IReadOnlyList<StateDefinition> States)
{
    public string ReferenceName => "Microsoft.VSTS.WorkItemTypes." + Name.Replace(" ", string.Empty, StringComparison.Ordinal);

    public string Color => Kind switch
    {
        "Epic" => "FF7B00",
        "Feature" => "773B93",
        "Story" => "009CCC",
        "Task" or "Subtask" => "F2CB1D",
        "Bug" => "CC293D",
        _ => "B4009E",
    };

    /// <summary>The category that places the type on a backlog, or null where it is on none.</summary>
    public string? Category => Kind switch
    {
        "Epic" => "Microsoft.EpicCategory",
        "Feature" => "Microsoft.FeatureCategory",
        "Story" => "Microsoft.RequirementCategory",
        "Task" or "Subtask" => "Microsoft.TaskCategory",
        "Bug" => "Microsoft.BugCategory",
        _ => null,
    };

    public StateDefinition? State(string name) => States.FirstOrDefault(state => state.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A state and its category: Proposed, InProgress, Resolved, Completed or Removed.</summary>
internal sealed record StateDefinition(string Name, string Category)
{
    public string Color => Category switch
    {
        "Proposed" => "b2b2b2",
        "InProgress" => "007acc",
        "Resolved" => "ff9d00",
        "Completed" => "339933",
        _ => "ffffff",
    };
}
