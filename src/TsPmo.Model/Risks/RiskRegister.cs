using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Risks;

/// <summary>
/// The risks of a project as of an instant: items of the kind Risk, and what signals propose, brought together by the item that is at the root of them. A proposal is there while a
/// signal is; what a person said about it holds until its signals are gone.
/// </summary>
public sealed class RiskRegister(ProjectHistory history)
{
    private readonly ItemSignals _items = new(history);

    /// <summary>The risks, gravest first: red before amber before the rest, then those with the higher score, then by id.</summary>
    /// <param name="asOf">The instant, inclusive.</param>
    /// <param name="results">What the project's metrics said as of it.</param>
    /// <param name="firstSeen">Since when a signal of the whole project has been there, by its kind.</param>
    public IReadOnlyList<Risk> At(DateTimeOffset asOf, ResultSet results, Func<string, DateTimeOffset> firstSeen)
    {
        RiskDecision[] said = [.. history.RiskDecisions.Where(d => d.At <= asOf)];
        Risk[] proposed = [.. Proposals([.. _items.At(asOf), .. MetricSignals.Of(results, firstSeen)], asOf)];
        return
        [
            .. Registered(asOf).Concat(proposed).Select(r => Judged(r, said))
                .Concat(Ended(said, proposed))
                .OrderByDescending(r => r.Band == Band.Grey ? -1 : (int)r.Band).ThenByDescending(r => r.Score).ThenBy(r => r.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The risks that somebody keeps, open or closed: items of the kind Risk, and accepted proposals. Signals are looked for only where somebody has judged a proposal, because over a year's series they would cost more than all else.</summary>
    /// <param name="asOf">The instant, inclusive.</param>
    /// <param name="results">What the project's metrics said as of it.</param>
    public IReadOnlyList<Risk> KeptAt(DateTimeOffset asOf, ResultSet results)
    {
        RiskDecision[] said = [.. history.RiskDecisions.Where(d => d.At <= asOf)];
        IEnumerable<Risk> risks = said.Any(d => d.Risk.StartsWith("signal/", StringComparison.Ordinal)) ? At(asOf, results, _ => asOf) : Registered(asOf).Select(r => Judged(r, said));
        return [.. risks.Where(r => r.Status is RiskStatus.Accepted or RiskStatus.Closed)];
    }

    private IEnumerable<Risk> Registered(DateTimeOffset asOf) => history.Items
        .Where(i => i.IsInAt(asOf) && i.Item.Kind.At(asOf) == WorkItemKind.Risk)
        .Select(i => new Risk
        {
            Id = i.Item.Id.ToString(),
            Title = $"{i.Item.Key} in the tracker's own register",
            Kind = "Register",
            Status = i.Item.State.At(asOf) is State.Done or State.Removed ? RiskStatus.Closed : RiskStatus.Accepted,
            Owner = Owner(i, asOf),
            Sources = [i.Item.Id.ToString()],
            RaisedAt = i.Item.Created,
        });

    /// <summary>One proposal for each root: several signals about a thing, or about parts of it that is itself in trouble, are one risk.</summary>
    private IEnumerable<Risk> Proposals(IReadOnlyList<RiskSignal> signals, DateTimeOffset asOf)
    {
        var items = signals.Select(s => s.Item).OfType<ScopedItem>().DistinctBy(i => i.Item.Id).ToDictionary(i => i.Item.Id);
        return signals.GroupBy(s => s.Item is { } item ? $"signal/{Root(item, items, asOf).Item.Id}" : $"signal/{s.Kind}", StringComparer.Ordinal).Select(group =>
        {
            var gravest = group.OrderByDescending(s => s.Band).ThenBy(s => s.Since).First();
            var root = gravest.Item is { } item ? Root(item, items, asOf) : null;
            return new Risk
            {
                Id = group.Key,
                Title = root is null ? gravest.Words : $"{root.Item.Key}: {string.Join("; ", group.Select(s => Words(s, root)).Distinct(StringComparer.Ordinal))}",
                Kind = gravest.Kind,
                Status = RiskStatus.Proposed,
                Owner = root is null ? null : Owner(root, asOf),
                Sources = [.. group.Select(s => s.Metric ?? s.Item?.Item.Id.ToString() ?? s.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                RaisedAt = group.Min(s => s.Since),
                Band = gravest.Band,
            };
        });
    }

    private static string Words(RiskSignal signal, ScopedItem root) =>
        signal.Item is { } item && item.Item.Id != root.Item.Id ? $"{item.Item.Key} {signal.Words}" : signal.Words;

    /// <summary>A part belongs to what it is a part of; anything else to the highest item above it that is itself in trouble.</summary>
    private ScopedItem Root(ScopedItem item, Dictionary<SourceId, ScopedItem> troubled, DateTimeOffset asOf)
    {
        var (root, at, seen) = (item, item, new HashSet<SourceId> { item.Item.Id });
        while (at.Item.Parent.At(asOf) is { } parent && history.ById.TryGetValue(new(at.Item.Id.Connector, parent), out var above) && seen.Add(above.Item.Id))
        {
            if (troubled.ContainsKey(above.Item.Id) || at.Item.Kind.At(asOf) == WorkItemKind.Subtask)
                root = above;
            at = above;
        }

        return root;
    }

    private static SourceId? Owner(ScopedItem item, DateTimeOffset asOf) =>
        item.Item.Assignee.At(asOf) is { } account ? new(item.Item.Id.Connector, account) : null;

    /// <summary>The last word on a risk, as far as it was said since the risk was raised.</summary>
    private static Risk Judged(Risk risk, RiskDecision[] said)
    {
        if (said.LastOrDefault(d => d.Risk == risk.Id && d.At >= risk.RaisedAt) is not { } word)
            return risk;
        var judged = risk with { Status = risk.Status == RiskStatus.Closed ? risk.Status : word.Status, Probability = word.Probability, Impact = word.Impact };
        return judged.Score is { } score ? judged with { Band = RiskScore.Limits.Of(score) } : judged;
    }

    /// <summary>Accepted proposals whose signals are gone: the latest acceptance of each closes by itself.</summary>
    private static IEnumerable<Risk> Ended(RiskDecision[] said, Risk[] proposed) => said
        .Where(d => d.Risk.StartsWith("signal/", StringComparison.Ordinal) && !proposed.Any(r => r.Id == d.Risk))
        .GroupBy(d => d.Risk, StringComparer.Ordinal)
        .Select(g => g.Last())
        .Where(d => d.Status == RiskStatus.Accepted)
        .Select(d => new Risk
        {
            Id = d.Risk, Title = d.Title, Kind = "Signal", Status = RiskStatus.Closed, Probability = d.Probability, Impact = d.Impact, Sources = [], RaisedAt = d.At,
        });
}
