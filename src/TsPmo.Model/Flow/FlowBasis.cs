using System.Collections.Concurrent;
using TsPmo.Model.History;

namespace TsPmo.Model.Flow;

/// <summary>
/// How the items of a project flowed, made by one sweep over its history and asked for any number of instants.
/// Every flow metric and forecast reads the same one, through <see cref="ProjectHistory.Flow"/>.
/// </summary>
public sealed class FlowBasis
{
    private readonly ProjectHistory _history;
    private readonly ConcurrentDictionary<DateTimeOffset, FlowStatus> _statuses = new();

    private FlowBasis(ProjectHistory history)
    {
        _history = history;
        Lives = [.. history.Items.Select((item, i) => new FlowLife(item.Item, history.Counted[i], history.Calendar))];
    }

    /// <summary>The ways of all items, in the order of the history.</summary>
    public IReadOnlyList<FlowLife> Lives { get; }

    /// <summary>The basis of a history.</summary>
    public static FlowBasis From(ProjectHistory history) => new(history);

    /// <summary>How the project's flow stood as of an instant, inclusive.</summary>
    public FlowStatus At(DateTimeOffset asOf) => _statuses.GetOrAdd(asOf, static (at, basis) => basis.LookAt(at), this);

    /// <summary>The same for one who asks once: it is not kept.</summary>
    internal FlowStatus LookAt(DateTimeOffset asOf) => new(Lives, _history.Calendar, asOf);
}
