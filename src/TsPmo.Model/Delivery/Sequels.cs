using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>
/// What followed a deployment in the same environment from the same pipeline. A rollback brings back a revision that had stood there before another one took its
/// place; the deployment that it replaces is the one it rolls back.
/// </summary>
internal sealed class Sequels
{
    private readonly Dictionary<SourceId, Deployment> _rollbacks = [];
    private readonly HashSet<SourceId> _rollingBack = [];
    private readonly Dictionary<SourceId, Deployment> _nextSuccess = [];

    /// <param name="deployments">Ordered by finish.</param>
    public Sequels(IEnumerable<Deployment> deployments)
    {
        foreach (var line in deployments.GroupBy(d => (d.EnvironmentId, d.Project, d.Pipeline)))
        {
            FindRollbacks(line.Where(d => d.HasReached && !string.IsNullOrEmpty(d.Revision)));
            FindSuccesses([.. line]);
        }
    }

    /// <summary>The deployment that rolled one back, if it had ended by an instant.</summary>
    public Deployment? RollbackOf(Deployment deployment, DateTimeOffset asOf) => Ended(_rollbacks.GetValueOrDefault(deployment.Id), asOf);

    /// <summary>Whether a deployment is a rollback.</summary>
    public bool IsRollback(Deployment deployment) => _rollingBack.Contains(deployment.Id);

    /// <summary>The first success after a deployment, if it had ended by an instant.</summary>
    public Deployment? NextSuccessAfter(Deployment deployment, DateTimeOffset asOf) => Ended(_nextSuccess.GetValueOrDefault(deployment.Id), asOf);

    private void FindRollbacks(IEnumerable<Deployment> line)
    {
        var (seen, standing) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), (Deployment?)null);
        foreach (var deployment in line)
        {
            var isKnown = !seen.Add(deployment.Revision ?? "");
            if (isKnown && standing is not null && !string.Equals(standing.Revision, deployment.Revision, StringComparison.OrdinalIgnoreCase))
            {
                _rollbacks[standing.Id] = deployment;
                _rollingBack.Add(deployment.Id);
            }

            standing = deployment;
        }
    }

    private void FindSuccesses(IReadOnlyList<Deployment> line)
    {
        Deployment? next = null;
        for (var i = line.Count - 1; i >= 0; i--)
        {
            if (next is not null)
                _nextSuccess[line[i].Id] = next;
            if (line[i].Result == DeploymentResult.Succeeded)
                next = line[i];
        }
    }

    private static Deployment? Ended(Deployment? deployment, DateTimeOffset asOf) => deployment?.FinishedAt <= asOf ? deployment : null;
}
