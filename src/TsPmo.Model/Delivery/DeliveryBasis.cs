using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>
/// The deployments that reached production or failed there, and what came of each, made by one sweep over a project's history and asked for any number of
/// instants. Every metric of delivery reads the same one, through <see cref="ProjectHistory.Delivery"/>. A run that was canceled reached nothing and is not in it.
/// </summary>
public sealed class DeliveryBasis
{
    private readonly WorkingCalendar _calendar;
    private readonly Deployment[] _deployments;
    private readonly Dictionary<SourceId, DeploymentChanges> _changes;
    private readonly (string Name, DateTimeOffset First)[] _environments;
    private readonly IncidentBook _incidents;
    private readonly Sequels _sequels;
    private readonly Unplanned _unplanned;

    private DeliveryBasis(ProjectHistory history)
    {
        _calendar = history.Calendar;
        _deployments = [.. history.Deployments.Where(Counts).OrderBy(d => d.FinishedAt).ThenBy(d => d.Id)];
        _changes = history.Delivered.ToDictionary(c => c.Deployment.Id);
        _environments = [.. _deployments.GroupBy(d => d.EnvironmentId).OrderBy(g => g.Key).Select(g => (g.Key.ToString(), g.Min(d => d.FinishedAt ?? default)))];
        _incidents = new IncidentBook(history, _deployments);
        _sequels = new Sequels(_deployments);
        _unplanned = new Unplanned(history, _sequels);
    }

    /// <summary>The basis of a history.</summary>
    public static DeliveryBasis From(ProjectHistory history) => new(history);

    /// <summary>Whether any of its deployments had ended as of an instant.</summary>
    public bool HasBegunAt(DateTimeOffset asOf) => _deployments is [var first, ..] && first.FinishedAt <= asOf;

    /// <summary>The production environments that a deployment had come to as of an instant, as <c>connector:environment</c>, in their order.</summary>
    public IEnumerable<string> EnvironmentsAt(DateTimeOffset asOf) => _environments.Where(e => e.First <= asOf).Select(e => e.Name);

    /// <summary>What came of the deployments that ended on the days of a window, as known at an instant; in order of their ends.</summary>
    public IReadOnlyList<DeploymentOutcome> Between(DateWindow window, DateTimeOffset asOf)
    {
        var ended = _deployments.Within(d => d.FinishedAt ?? default, _calendar, window, asOf);
        if (ended.Count == 0)
            return [];
        var incidents = _incidents.PutTo(ended, asOf);
        return [.. ended.Select(d => Outcome(d, incidents[d.Id], asOf))];
    }

    private DeploymentOutcome Outcome(Deployment deployment, IEnumerable<AttributedIncident> incidents, DateTimeOffset asOf)
    {
        var outcome = new DeploymentOutcome
        {
            Deployment = deployment,
            Changes = _changes.GetValueOrDefault(deployment.Id),
            Incidents = [.. incidents.OrderBy(i => i.Item.Id)],
            RolledBackBy = _sequels.RollbackOf(deployment, asOf),
            IsProvisional = asOf - deployment.FinishedAt < Attribution.UsualReach,
            WhyUnplanned = _unplanned.Why(deployment, _changes.GetValueOrDefault(deployment.Id)),
        };
        return outcome with { RecoveredAt = RecoveredAt(outcome, asOf) };
    }

    /// <summary>Whichever is told: the rollback, the end of the last of its incidents, or the next success where it failed by itself.</summary>
    private DateTimeOffset? RecoveredAt(DeploymentOutcome outcome, DateTimeOffset asOf)
    {
        if (outcome.RolledBackBy is { } rollback)
            return rollback.FinishedAt;
        if (outcome.Incidents.Count > 0)
            return outcome.Incidents.Any(i => i.EndedAt is null) ? null : outcome.Incidents.Max(i => i.EndedAt);
        return outcome.HasFailed ? _sequels.NextSuccessAfter(outcome.Deployment, asOf)?.FinishedAt : null;
    }

    private static bool Counts(Deployment deployment) =>
        deployment is { IsProduction: true, FinishedAt: not null } && (deployment.HasReached || deployment.Result == DeploymentResult.Failed);
}
