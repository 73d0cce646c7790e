using TsPmo.Model.Delivery;
using TsPmo.Model.Work;

namespace TsPmo.Engine.History.Deployments;

/// <summary>
/// Sees to it that one change which reached production is told once, although several systems tell of it: of the records of one run or one
/// revision those of the highest kind count. A record that did not reach production does not displace one that did.
/// </summary>
internal static class Precedence
{
    public static IReadOnlyList<Deployment> Apply(IReadOnlyList<Deployment> told)
    {
        var byRun = Groups(told, d => d.Run);
        var byRevision = Groups(told, d => string.IsNullOrEmpty(d.Revision) ? null : d.Revision.ToUpperInvariant());
        return [.. told.Select(d => Strongest(d, byRun, byRevision) is { } other ? Superseded(d, other) : d)];
    }

    private static Deployment? Strongest(Deployment deployment, Dictionary<object, List<Deployment>> byRun, Dictionary<object, List<Deployment>> byRevision)
    {
        if (!deployment.IsProduction)
            return null;
        var sameRun = deployment.Run is { } run ? byRun[run] : [];
        var sameRevision = string.IsNullOrEmpty(deployment.Revision) ? [] : byRevision[deployment.Revision.ToUpperInvariant()];
        return sameRun.Concat(sameRevision)
            .Where(other => other.Source < deployment.Source && (other.HasReached || !deployment.HasReached))
            .OrderBy(other => other.Source).ThenBy(other => other.Id).FirstOrDefault();
    }

    private static Dictionary<object, List<Deployment>> Groups(IEnumerable<Deployment> told, Func<Deployment, object?> key)
    {
        var groups = new Dictionary<object, List<Deployment>>();
        foreach (var deployment in told)
        {
            if (!deployment.IsProduction || key(deployment) is not { } found)
                continue;
            if (!groups.TryGetValue(found, out var group))
                groups[found] = group = [];
            group.Add(deployment);
        }

        return groups;
    }

    private static Deployment Superseded(Deployment deployment, Deployment other)
    {
        var same = deployment.Run is not null && deployment.Run == other.Run ? "run" : "revision";
        return deployment with { IsProduction = false, Reason = $"it gives way to {Kind(other.Source)} of the same {same} ({other.Id})" };
    }

    private static string Kind(DeploymentSource source) => source switch
    {
        DeploymentSource.Environment => "the environment record",
        DeploymentSource.Release => "the release deployment",
        DeploymentSource.Reported => "the reported deployment",
        _ => "the released version",
    };
}
