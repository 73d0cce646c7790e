using System.Collections.Concurrent;
using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Model.Sprints;

/// <summary>
/// The sprints that held items of a project. A closed sprint is told once, whatever instant is asked for; only running ones are told anew.
/// Every sprint metric reads the same one, through <see cref="ProjectHistory.SprintTruths"/>.
/// </summary>
public sealed class SprintBasis
{
    /// <summary>Sprints that closed longer ago are told when an earlier instant is asked for.</summary>
    private const int DaysTold = 364;

    private readonly ProjectHistory _history;
    private readonly IReadOnlyList<(Sprint Sprint, IReadOnlyList<ScopedItem> Members)> _sprints;
    private readonly ConcurrentDictionary<(SourceId Id, SprintSpan Span), SprintTruth> _closed = new();
    private readonly ConcurrentDictionary<DateTimeOffset, IReadOnlyList<SprintTruth>> _told = new();

    private SprintBasis(ProjectHistory history)
    {
        _history = history;
        var members = new Dictionary<SourceId, List<ScopedItem>>();
        foreach (var item in history.Items)
        {
            foreach (var sprint in EverIn(item.Item).Where(history.Sprints.ContainsKey))
            {
                if (!members.TryGetValue(sprint, out var list))
                    members[sprint] = list = [];
                list.Add(item);
            }
        }

        _sprints = [.. members.OrderBy(m => m.Key).Select(m => (history.Sprints[m.Key], (IReadOnlyList<ScopedItem>)m.Value))];
    }

    /// <summary>The basis of a history.</summary>
    public static SprintBasis From(ProjectHistory history) => new(history);

    /// <summary>The sprints that had begun as of an instant and either were running or had closed within the 52 weeks before, ordered by id. Given up ones are left out.</summary>
    public IReadOnlyList<SprintTruth> At(DateTimeOffset asOf) => _told.GetOrAdd(asOf, static (at, basis) => [.. basis.Told(at)], this);

    /// <summary>The sprints that were closed last as of an instant, the latest first.</summary>
    public IReadOnlyList<SprintTruth> LastClosed(DateTimeOffset asOf, int count) =>
        [.. At(asOf).Where(t => t.Span.IsClosed).OrderByDescending(t => t.Span.Last).ThenBy(t => t.Sprint.Id).Take(count)];

    private IEnumerable<SprintTruth> Told(DateTimeOffset asOf)
    {
        foreach (var (sprint, members) in _sprints)
        {
            if (SprintSpan.Of(sprint, _history.Calendar, asOf) is not { } span || (span.IsClosed && span.Last < asOf.AddDays(-DaysTold)))
                continue;
            var truth = span.IsClosed ? _closed.GetOrAdd((sprint.Id, span), _ => Tell(sprint, span, members)) : Tell(sprint, span, members);
            if (truth is { Entries.Count: > 0, IsCancelled: false })
                yield return truth;
        }
    }

    private SprintTruth Tell(Sprint sprint, SprintSpan span, IReadOnlyList<ScopedItem> members) =>
        SprintTruth.Of(sprint, span, members, id => IsOpen(new(sprint.Id.Connector, id), span.Last));

    private bool IsOpen(SourceId id, DateTimeOffset at) =>
        _history.Sprints.TryGetValue(id, out var sprint) && SprintSpan.Of(sprint, _history.Calendar, at) is { IsClosed: false };

    private static HashSet<SourceId> EverIn(ItemHistory item) =>
        [.. item.Sprints.Entries.SelectMany(e => e.To).Concat(item.Sprints.Initial).Select(id => new SourceId(item.Id.Connector, id))];
}
