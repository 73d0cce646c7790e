using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Planning;

namespace TsPmo.Engine.Planning;

/// <summary>A project's baselines for those who decide on them.</summary>
public sealed class ProjectBaselines(IHistoryReader histories, IBaselineStore store, TimeProvider clock)
{
    /// <summary>Every baseline of a project in the order in which they were taken, the one that the configuration names among them; the last one is in force.</summary>
    public async Task<IReadOnlyList<Baseline>> ListAsync(ProjectDefinition project, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var history = await histories.ReadAsync(project, cancellationToken);
        return [.. history.Schedule.Baselines.Select(b => b.Baseline).Where(b => b.CapturedAt <= now)];
    }

    /// <summary>Takes a baseline of the project as it stands now. It is in force from now on; figures of earlier instants stay what they were.</summary>
    /// <param name="project">The project.</param>
    /// <param name="reason">Why the plan is taken anew.</param>
    /// <param name="approvedBy">Who approved it.</param>
    public async Task<(Baseline? Captured, Problem? Problem)> CaptureAsync(ProjectDefinition project, string reason, string approvedBy, CancellationToken cancellationToken)
    {
        if (Missing(reason, approvedBy) is { } missing)
            return (null, missing);
        var history = await histories.ReadAsync(project, cancellationToken);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var baseline = BaselineRebuild.Captured(history, now, reason.Trim(), approvedBy.Trim());
        if (baseline.Items.Count == 0)
            return (null, new("baseline-empty", $"{project.Key} has no open item that a baseline could hold.", "Synchronise first, or check what the project's sources name.") { Scope = project.Key });
        return await store.AddAsync(project.Key, baseline, cancellationToken)
            ? (baseline, null)
            : (null, new("baseline-taken", $"A baseline of {project.Key} was captured at this very instant.", "Run it again if another one is wanted.") { Scope = project.Key });
    }

    private static Problem? Missing(string reason, string approvedBy) => (string.IsNullOrWhiteSpace(reason), string.IsNullOrWhiteSpace(approvedBy)) switch
    {
        (true, _) => new("reason-missing", "A baseline needs a reason.", "Say why the plan is taken anew."),
        (_, true) => new("approver-missing", "A baseline needs somebody who approved it.", "Name who did."),
        _ => null,
    };
}
