using System.Text.Json;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>The kind of a type: by the name the vendor's processes give it, else by the backlog it is on.</summary>
internal sealed class BacklogLevels
{
    private readonly Dictionary<string, WorkItemKind> _levels = new(StringComparer.OrdinalIgnoreCase);

    public BacklogLevels(JsonElement process)
    {
        // The innermost level comes last and wins: a type may be listed on several.
        foreach (var portfolio in process.Items("portfolioBacklogs"))
        {
            var isFeature = string.Equals(portfolio.Text("referenceName") ?? portfolio.Text("id"), "Microsoft.FeatureCategory", StringComparison.OrdinalIgnoreCase);
            Place(portfolio, isFeature ? WorkItemKind.Feature : WorkItemKind.Epic);
        }

        Place(process.Child("bugWorkItems"), WorkItemKind.Bug);
        Place(process.Child("requirementBacklog"), WorkItemKind.Story);
        Place(process.Child("taskBacklog"), WorkItemKind.Subtask);
    }

    public WorkItemKind KindOf(string type) => type.ToLowerInvariant() switch
    {
        "epic" => WorkItemKind.Epic,
        "feature" => WorkItemKind.Feature,
        "user story" or "product backlog item" or "requirement" => WorkItemKind.Story,
        "task" => WorkItemKind.Subtask,
        "bug" => WorkItemKind.Bug,
        "impediment" or "risk" => WorkItemKind.Risk,
        // Only the Basic process plans with issues; elsewhere an issue is something that stands in the way.
        "issue" => _levels.GetValueOrDefault(type) == WorkItemKind.Story ? WorkItemKind.Story : WorkItemKind.Risk,
        _ => _levels.GetValueOrDefault(type, WorkItemKind.Other),
    };

    private void Place(JsonElement? backlog, WorkItemKind kind)
    {
        foreach (var type in backlog.Items("workItemTypes"))
        {
            if (type.Text("name") is { } name)
                _levels[name] = kind;
        }
    }
}
