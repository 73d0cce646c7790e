using System.Globalization;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Risks;

/// <summary>Signals that the history of single items gives. What a signal's condition is, and since when it holds, follows from the history up to the instant alone.</summary>
internal sealed class ItemSignals(ProjectHistory history)
{
    /// <summary>Working days after which a block is grave.</summary>
    private const int LongBlock = 5;

    /// <summary>Moves of the due date that make it doubtful.</summary>
    private const int ManyMoves = 2;

    private readonly Staleness _staleness = new(history);
    /// <summary>Odds by which what has to be done first should be finished.</summary>
    private const int Percent = 85;

    /// <summary>All signals as of an instant, in the order of the items.</summary>
    public IEnumerable<RiskSignal> At(DateTimeOffset asOf)
    {
        var patience = _staleness.PatienceAt(asOf);
        return history.Items.Where(i => IsOpen(i, asOf)).SelectMany(i => Of(i, asOf, patience)).Concat(AgeingAt(history.Flow.At(asOf)));
    }

    /// <summary>Work in progress that is older than 70 % of the items of its kind became.</summary>
    private IEnumerable<RiskSignal> AgeingAt(FlowStatus status)
    {
        var usual = new UsualTimes(status);
        if (!usual.AreKnown)
            yield break;
        foreach (var entry in status.InProcess)
        {
            var kind = entry.Item.Kind.At(status.AsOf);
            if (usual.Of(kind) is not var (most, _) || entry.AgeOn(status.Day) is not { } age || age <= most || entry.Step.Start is not { } start)
                continue;
            yield return new("AgeingWip", string.Create(CultureInfo.InvariantCulture, $"in progress for {age} days, {most} being usual"), history.Calendar.StartOf(start.Day.AddDays(most)), usual.BandOf(kind, age)) { Item = history.ById[entry.Item.Id] };
        }
    }

    private IEnumerable<RiskSignal> Of(ScopedItem item, DateTimeOffset asOf, Func<ScopedItem, int> patience)
    {
        if (IsBlocked(item, asOf))
        {
            var since = Since([.. Turns(item), .. history.Precedence.Before(item.Item.Id).SelectMany(Turns)], asOf, t => IsOpen(item, t) && IsBlocked(item, t));
            var days = Days(since, asOf);
            yield return new("Blocked", Counted(item.Item.Blocked.At(asOf) ? "blocked for" : $"held up by {string.Join(", ", Holding(item, asOf).Select(b => b.Item.Key))} for", days), since, days > LongBlock ? Band.Red : Band.Amber) { Item = item };
        }
        else if (_staleness.Of(item, asOf, patience(item)) is { } stale)
        {
            yield return stale;
        }

        if (IsOverdue(item, asOf))
            yield return new("Overdue", string.Create(CultureInfo.InvariantCulture, $"due on {item.Item.PlannedFinish.At(asOf):yyyy-MM-dd} and not done"), Since(item, asOf, t => IsOverdue(item, t)), Band.Red) { Item = item };
        if (Moves(item, asOf) >= ManyMoves)
            yield return new("DateChurn", $"due date moved {Moves(item, asOf)} times", Since(item, asOf, t => IsOpen(item, t) && Moves(item, t) >= ManyMoves), Band.Amber) { Item = item };
        foreach (var before in history.Precedence.Before(item.Item.Id).Where(b => b.Item.Id.Connector != item.Item.Id.Connector && IsTooLate(b, item, asOf)))
        {
            var (day, isForecast) = FinishOf(before, asOf);
            yield return new("CrossToolDependency", string.Create(CultureInfo.InvariantCulture, $"needs {before.Item.Key}, {(isForecast ? "likely by" : "planned for")} {day:yyyy-MM-dd}, after its own start on {item.Item.PlannedStart.At(asOf):yyyy-MM-dd}"), Since([.. Turns(item), .. Turns(before)], asOf, t => IsTooLate(before, item, t)), Band.Amber) { Item = item };
        }

        foreach (var (kind, words, lacks) in Gaps)
        {
            if (IsCommitted(item, asOf) && lacks(this, item, asOf))
                yield return new(kind, words, Since(item, asOf, t => IsCommitted(item, t) && lacks(this, item, t)), Band.Amber) { Item = item };
        }
    }

    /// <summary>What committed work may lack.</summary>
    private static readonly (string Kind, string Words, Func<ItemSignals, ScopedItem, DateTimeOffset, bool> Lacks)[] Gaps =
    [
        ("NoEstimate", "committed without an estimate", (_, i, t) => i.Item.Points.At(t) is null && i.Item.EstimateHours.At(t) is null),
        ("NoDue", "committed without a date", (signals, i, t) => i.Item.PlannedFinish.At(t) is null && !signals.IsInSprint(i, t) && !signals.HasMilestoneDate(i, t)),
        ("NoOwner", "committed without an owner", (_, i, t) => i.Item.Assignee.At(t) is null),
    ];

    /// <summary>Work that is under way or in a running sprint, of the kinds that carry weight of their own.</summary>
    private bool IsCommitted(ScopedItem item, DateTimeOffset t) =>
        IsOpen(item, t)
        && Planning.CountedItems.Counts(item.Item.Kind.At(t), hasChildren: true)
        && (item.Item.State.At(t) == State.InProgress || IsInSprint(item, t));

    private bool IsInSprint(ScopedItem item, DateTimeOffset t) => SprintsOf(item, t).Any(s => s.Start <= t && !((s.Completed ?? s.End) <= t));

    private bool HasMilestoneDate(ScopedItem item, DateTimeOffset t) => item.Item.Milestones.At(t)
        .Any(id => history.Milestones.TryGetValue(new(item.Item.Id.Connector, id), out var milestone) && milestone.Date is not null);

    private bool IsOverdue(ScopedItem item, DateTimeOffset t) => IsOpen(item, t) && item.Item.PlannedFinish.At(t) < history.Calendar.DayOf(t);

    /// <summary>Moves of a due date that was set before, since the baseline where there is one.</summary>
    private int Moves(ScopedItem item, DateTimeOffset t)
    {
        var (moves, from) = (0, history.Project.Plan.BaselineAt ?? DateTimeOffset.MinValue);
        foreach (var entry in item.Item.PlannedFinish.UpTo(t))
            moves += entry.At > from && entry.From is not null && entry.To is not null ? 1 : 0;
        return moves;
    }

    /// <summary>Flagged, or held up: to wait for another item blocks what is under way or in a running sprint, while it is the plan of everything else.</summary>
    private bool IsBlocked(ScopedItem item, DateTimeOffset t) => item.Item.Blocked.At(t) || (IsCommitted(item, t) && Holding(item, t).Any());

    private IEnumerable<ScopedItem> Holding(ScopedItem item, DateTimeOffset t) => history.Precedence.Before(item.Item.Id).Where(b => b.IsOpenAt(t));

    /// <summary>Whether what has to be done first ends after the other's start, as it was seen then. Where the two are in different tools, nobody sees both dates at once.</summary>
    private bool IsTooLate(ScopedItem before, ScopedItem item, DateTimeOffset t) =>
        item.Item.PlannedStart.At(t) is { } start && IsOpen(item, t) && IsOpen(before, t) && FinishOf(before, t).Day > start;

    /// <summary>When an item is finished with 85 %, if its team does it first; where that cannot be told, when it is planned to be.</summary>
    private (DateOnly? Day, bool IsForecast) FinishOf(ScopedItem item, DateTimeOffset t) =>
        history.Forecasts.LookAt(t).FinishOf(entry => entry.Item.Id == item.Item.Id, Percent) is { } likely ? (likely, true) : (item.Item.PlannedFinish.At(t), false);

    private IEnumerable<Planning.Sprint> SprintsOf(ScopedItem item, DateTimeOffset t) => item.Item.Sprints.At(t)
        .Select(id => history.Sprints.GetValueOrDefault(new(item.Item.Id.Connector, id))).OfType<Planning.Sprint>();

    private static bool IsOpen(ScopedItem item, DateTimeOffset t) =>
        item.IsOpenAt(t) && item.Item.Kind.At(t) is not (WorkItemKind.Risk or WorkItemKind.Epic);

    /// <summary>The earliest instant from which a condition holds up to now without a break; it can only begin or end where something happened to the item or a day or sprint began.</summary>
    private DateTimeOffset Since(ScopedItem item, DateTimeOffset asOf, Func<DateTimeOffset, bool> holds) => Since([.. Turns(item)], asOf, holds);

    private static DateTimeOffset Since(IReadOnlyList<DateTimeOffset> turns, DateTimeOffset asOf, Func<DateTimeOffset, bool> holds)
    {
        var since = asOf;
        foreach (var instant in turns.Where(t => t <= asOf).Distinct().OrderDescending())
        {
            if (!holds(instant))
                break;
            since = instant;
        }

        return since;
    }

    private IEnumerable<DateTimeOffset> Turns(ScopedItem scoped)
    {
        var item = scoped.Item;
        var sprints = item.Sprints.Entries.SelectMany(e => e.To).Concat(item.Sprints.Initial).Distinct(StringComparer.Ordinal)
            .Select(id => history.Sprints.GetValueOrDefault(new(item.Id.Connector, id))).OfType<Planning.Sprint>();
        var due = item.PlannedFinish.Entries.Select(e => e.To).Append(item.PlannedFinish.Initial).OfType<DateOnly>();
        IEnumerable<DateTimeOffset>[] changes =
        [
            [item.Created], Changes(scoped.InScope), Changes(item.State), Changes(item.Kind), Changes(item.Deleted), Changes(item.Blocked), Changes(item.Sprints),
            Changes(item.Milestones), Changes(item.Points), Changes(item.EstimateHours), Changes(item.Assignee), Changes(item.PlannedStart), Changes(item.PlannedFinish),
        ];
        return changes.SelectMany(c => c)
            .Concat(sprints.SelectMany(s => new[] { s.Start, s.Completed ?? s.End }).OfType<DateTimeOffset>())
            .Concat(due.Select(d => history.Calendar.EndOf(d)));
    }

    private static IEnumerable<DateTimeOffset> Changes<T>(Track<T> track) => track.Entries.Select(e => e.At);

    private int Days(DateTimeOffset since, DateTimeOffset asOf) => history.Calendar.WorkingDaysIn(history.Calendar.DayOf(since).AddDays(1), history.Calendar.DayOf(asOf));

    private static string Counted(string words, int days) => $"{words} {days} working {(days == 1 ? "day" : "days")}";
}
