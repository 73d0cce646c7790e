using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>Whether a deployment was made to repair something: a rollback, a hotfix by the name of branch, pipeline or label, or one that brings nothing but repairs.</summary>
internal sealed class Unplanned(ProjectHistory history, Sequels sequels)
{
    private static readonly string[] Words = ["hotfix", "hot-fix", "rollback"];

    private readonly Dictionary<SourceId, RunQuality> _runs = history.Runs.ToDictionary(r => r.Id);

    /// <summary>Why it was not planned; null where nothing says so.</summary>
    public string? Why(Deployment deployment, DeploymentChanges? changes)
    {
        if (sequels.IsRollback(deployment))
            return $"brings back {deployment.Revision}";
        var branch = deployment.Run is { } run ? _runs.GetValueOrDefault(run)?.Branch : null;
        if (new[] { branch, deployment.Pipeline }.FirstOrDefault(Tells) is { } name)
            return $"made by {name}";
        var at = deployment.FinishedAt ?? DateTimeOffset.MaxValue;
        var items = Named(changes).Select(id => history.ById.GetValueOrDefault(id)?.Item).ToList();
        if (items.SelectMany(i => i?.Labels.At(at) ?? []).FirstOrDefault(Tells) is { } label)
            return $"carries the label {label}";
        return items.Count > 0 && items.TrueForAll(i => i is not null && IsRepair(i, at)) ? "brings nothing but repairs" : null;
    }

    private static IEnumerable<SourceId> Named(DeploymentChanges? changes) =>
        changes is null ? [] : changes.WorkItems.Concat(changes.LinkedItems.Where(l => !l.IsCause).Select(l => l.Id)).Distinct();

    private static bool IsRepair(ItemHistory item, DateTimeOffset at) => item.Kind.At(at) is WorkItemKind.Incident or WorkItemKind.Bug;

    private static bool Tells(string? name) => name is not null && Array.Exists(Words, w => name.Contains(w, StringComparison.OrdinalIgnoreCase));
}
