using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Delivery;

/// <summary>
/// To which deployment an incident is put where nobody linked one: the latest one to production that ended strictly before the incident began, at most
/// <see cref="Reach"/> earlier. The service of a deployment is its pipeline; an incident whose component, label or area is named like pipelines is put to those,
/// any other to the latest deployment of the project.
/// </summary>
/// <param name="deployments">The deployments that count, ordered by finish.</param>
public sealed class Attribution(IReadOnlyList<Deployment> deployments)
{
    /// <summary>How long after a deployment an incident may begin and still be put to it, unless said otherwise.</summary>
    public static readonly TimeSpan UsualReach = TimeSpan.FromDays(7);

    private readonly Line _all = new(deployments);
    private readonly Dictionary<string, Line> _services = deployments.GroupBy(d => d.Pipeline, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => g.Key, g => new Line([.. g]), StringComparer.OrdinalIgnoreCase);

    /// <summary>How long after a deployment an incident may begin and still be put to it, inclusive.</summary>
    public TimeSpan Reach { get; init; } = UsualReach;

    /// <summary>The deployment of an incident; null where none ended in time.</summary>
    /// <param name="began">When the incident began, UTC.</param>
    /// <param name="names">What the incident is filed under.</param>
    public Deployment? Of(DateTimeOffset began, IEnumerable<string> names)
    {
        var lines = names.Select(n => _services.GetValueOrDefault(n)).OfType<Line>().Distinct().ToList();
        return (lines.Count == 0 ? [_all] : lines).Select(l => l.LastBefore(began))
            .OfType<Deployment>().Where(d => began - d.FinishedAt <= Reach).OrderBy(d => d.FinishedAt).ThenBy(d => d.Id).LastOrDefault();
    }

    /// <summary>What an item is filed under as of an instant: its components, its labels and the last part of its area.</summary>
    public static IEnumerable<string> NamesOf(ItemHistory item, DateTimeOffset asOf) =>
        item.Components.At(asOf).Concat(item.Labels.At(asOf)).Append(item.AreaPath.At(asOf)?.Split('\\')[^1] ?? "").Where(n => n.Length > 0);

    /// <summary>Deployments in the order in which they ended.</summary>
    private sealed class Line(IReadOnlyList<Deployment> deployments)
    {
        public Deployment? LastBefore(DateTimeOffset instant)
        {
            var before = deployments.CountBefore(d => d.FinishedAt ?? DateTimeOffset.MaxValue, instant);
            return before == 0 ? null : deployments[before - 1];
        }
    }
}
