using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Pipeline.Measure;

/// <summary>
/// Says of every figure that items went into how many of the project's items can no longer be seen. It concerns what is known, not how a metric computes, so it is said once for all of them.
/// </summary>
internal sealed class Visibility(ProjectHistory history)
{
    private const string Name = "NoLongerVisible";
    private readonly Lazy<HashSet<SourceId>> _items = new(() => [.. history.Items.Select(i => i.Item.Id)]);
    private readonly Lazy<bool> _isAnyHidden = new(() => history.Items.Any(i => i.Item.HiddenSince is not null));
    private readonly Dictionary<DateTimeOffset, Finding?> _findings = [];

    /// <summary>The result with the finding where it applies.</summary>
    public MetricResult Remarked(MetricResult result) =>
        _isAnyHidden.Value && FindingAt(result.AsOf) is { } finding && CountsItems(result) ? result with { Findings = [.. result.Findings, finding] } : result;

    private Finding? FindingAt(DateTimeOffset asOf)
    {
        if (!_findings.TryGetValue(asOf, out var finding))
            _findings[asOf] = finding = Count(asOf);
        return finding;
    }

    private Finding? Count(DateTimeOffset asOf)
    {
        var known = history.Items.Where(i => i.IsInAt(asOf)).ToArray();
        var hidden = known.Count(i => i.Item.HiddenSince <= asOf);
        return hidden == 0 ? null : new Finding(Name, (decimal)hidden / known.Length, $"{hidden} of {known.Length} items can no longer be seen and count as they were last known.");
    }

    /// <summary>What stands on deployments alone is as true as before.</summary>
    private bool CountsItems(MetricResult result) => result.Evidence.Any(e => _items.Value.Contains(e.Id));
}
