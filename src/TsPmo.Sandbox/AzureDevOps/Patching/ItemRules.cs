using TsPmo.Sandbox.AzureDevOps.Routes;
using TsPmo.Sandbox.AzureDevOps.State;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.Patching;

/// <summary>The rules of the process that every saved item fulfils.</summary>
internal sealed class ItemRules(AzureDevOpsOrganisation organisation)
{
    /// <summary>Refuses a draft that breaks a rule, and spells type and state as the process does.</summary>
    public void Check(ItemDraft draft)
    {
        var project = organisation.Project(draft.Text(FieldNames.TeamProject));
        var type = project.Type(draft.Text(WorkItemType)) ?? throw Refusal.Rule(WorkItemType, "LimitedToValues");
        var state = type.State(draft.Text(FieldNames.State)) ?? throw Refusal.Rule(FieldNames.State, "Required, HasValues, LimitedToValues, AllowsOldValue, InvalidEmpty");
        if (draft[Title] is null)
            throw Refusal.Rule(Title, "Required, InvalidEmpty");
        foreach (var path in (string[])[AreaPath, IterationPath])
            if (!Within(draft.Text(path), project.Name))
                throw Refusal.Rule(path, "InvalidPath");
        (draft[WorkItemType], draft[FieldNames.State]) = (type.Name, state.Name);
    }

    private static bool Within(string path, string project) =>
        path.Equals(project, StringComparison.OrdinalIgnoreCase) || path.StartsWith(project + '\\', StringComparison.OrdinalIgnoreCase);
}
