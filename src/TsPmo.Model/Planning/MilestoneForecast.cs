using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Model.Planning;

/// <summary>Where the forecast finish of a milestone comes from; the first one that is available is taken.</summary>
public enum MilestoneSource
{
    /// <summary>It is out: the day it came out.</summary>
    Actual,

    /// <summary>The day by which its open items are finished with a probability of 85 %.</summary>
    Throughput,

    /// <summary>The planned time to it at the speed of the project, PD / SPI(t).</summary>
    Speed,

    /// <summary>The date it is promised for now.</summary>
    DueDate,
}

/// <summary>A milestone as of an instant: when it was promised in the baseline, and when it is to be expected.</summary>
/// <param name="Subject">connector:id, or plan:name for a date of the plan that stands in no tracker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Milestone">The tracker's object; null for a date of the plan alone.</param>
/// <param name="Promised">The day it was promised for in the baseline.</param>
/// <param name="IsHistorical">Whether that day is known to have stood then.</param>
/// <param name="Expected">The day it is to be expected, or came.</param>
/// <param name="Source">Where that day comes from.</param>
public sealed record MilestoneForecast(string Subject, string Name, Milestone? Milestone, DateOnly Promised, bool IsHistorical, DateOnly Expected, MilestoneSource Source)
{
    /// <summary>Whether it has come.</summary>
    public bool IsReached => Source == MilestoneSource.Actual;

    /// <summary>Slip in working days, late is positive.</summary>
    public int WorkingDays(Calendar.WorkingCalendar calendar) => calendar.WorkingDaysFrom(Promised, Expected);

    /// <summary>Slip in calendar days, late is positive.</summary>
    public int CalendarDays => Expected.DayNumber - Promised.DayNumber;
}

/// <summary>
/// The milestones of a project: versions and promised iterations that its items carry or its sources hold, and the dates that only its plan names.
/// A date that the plan names is the promise; another is what the tracker showed when the baseline was taken. Every metric of milestones reads the same one, through
/// <see cref="ProjectHistory.Promises"/>.
/// </summary>
public sealed class MilestoneBasis
{
    private const int Percent = 85;
    private readonly ProjectHistory _history;
    private readonly IReadOnlyList<(Milestone Milestone, bool IsOfSources, ScopedItem[] Carriers)> _milestones;
    private readonly DependencyNetwork _network;

    private MilestoneBasis(ProjectHistory history)
    {
        _history = history;
        var carriers = history.Items.SelectMany(i => EverCarried(i.Item).Select(id => (Id: new SourceId(i.Item.Id.Connector, id), Item: i))).ToLookup(c => c.Id, c => c.Item);
        _milestones = [.. history.Milestones.Values.OrderBy(m => m.Id).Select(m => (m, IsOfSources(m), carriers[m.Id].ToArray())).Where(m => m.Item2 || m.Item3.Length > 0)];
        _network = new DependencyNetwork(history);
    }

    /// <summary>The milestones of a history.</summary>
    public static MilestoneBasis From(ProjectHistory history) => new(history);

    /// <summary>Those with a promise as of an instant, ordered by subject; and those without.</summary>
    public (IReadOnlyList<MilestoneForecast> Known, IReadOnlyList<Milestone> WithoutPromise) At(DateTimeOffset asOf)
    {
        var (known, without) = (new List<MilestoneForecast>(), new List<Milestone>());
        var (baseline, status) = (_history.Schedule.Current(asOf)?.Baseline, _history.Schedule.At(asOf));
        var own = _milestones.Select(m => (m.Milestone, m.IsOfSources, Items: Carrying(m.Milestone, m.Carriers, asOf))).Where(m => m.IsOfSources || m.Items.Count > 0).ToList();
        foreach (var (milestone, _, items) in own)
        {
            if (Promise(milestone, baseline) is { } promise)
                known.Add(Forecast(status, asOf, milestone.Id.ToString(), milestone.Name, milestone, items, promise.Day, promise.IsHistorical));
            else
                without.Add(milestone);
        }

        var names = own.Select(m => m.Milestone.Name).ToHashSet(StringComparer.Ordinal);
        known.AddRange(_history.Project.Plan.Milestones.Where(p => !names.Contains(p.Key))
            .Select(p => Forecast(status, asOf, $"plan:{p.Key}", p.Key, null, [], p.Value, isHistorical: true)));
        return ([.. known.OrderBy(m => m.Subject, StringComparer.Ordinal)], without);
    }

    /// <summary>The longest chain of open items that wait for each other as of an instant; null where none do.</summary>
    public DependencyChain? Chain(DateTimeOffset asOf) => _network.At(asOf);

    private static IEnumerable<string> EverCarried(ItemHistory item) =>
        Ever(item.Milestones).Concat(Ever(item.Sprints)).Distinct();

    private static IEnumerable<string> Ever(Track<IReadOnlyList<string>> track) => track.Initial.Concat(track.Entries.SelectMany(e => e.To));

    private bool IsOfSources(Milestone milestone) => _history.Project.Sources.Any(s =>
        s.Connector == milestone.Id.Connector && string.Equals(s.Project, milestone.Project, StringComparison.OrdinalIgnoreCase));

    private static HashSet<SourceId> Carrying(Milestone milestone, ScopedItem[] carriers, DateTimeOffset asOf) =>
        [.. carriers.Where(i => i.IsInAt(asOf) && Carries(i.Item, milestone.Id.Id, asOf)).Select(i => i.Item.Id)];

    private static bool Carries(ItemHistory item, string id, DateTimeOffset asOf) => item.Milestones.At(asOf).Contains(id) || item.Sprints.At(asOf).Contains(id);

    private (DateOnly Day, bool IsHistorical)? Promise(Milestone milestone, Baseline? baseline)
    {
        if (_history.Project.Plan.Milestones.TryGetValue(milestone.Name, out var planned))
            return (planned, true);
        return baseline is not null && milestone.DateAt(baseline.CapturedAt) is { } day ? (day, milestone.KnowsDateAt(baseline.CapturedAt)) : null;
    }

    private MilestoneForecast Forecast(ScheduleStatus? status, DateTimeOffset asOf, string subject, string name, Milestone? milestone, HashSet<SourceId> items, DateOnly promised, bool isHistorical)
    {
        var today = _history.Calendar.DayOf(asOf);
        var (expected, source) = milestone?.IsReleasedBy(today) == true && milestone.ReleasedAt is { } released ? (released, MilestoneSource.Actual)
            : AtThroughput(items, asOf) is { } atThroughput ? (Later(atThroughput, today), MilestoneSource.Throughput)
            : AtSpeed(status, promised) is { } atSpeed ? (Later(atSpeed, today), MilestoneSource.Speed)
            : (Later(milestone?.DateAt(asOf) ?? promised, today), MilestoneSource.DueDate);
        return new(subject, name, milestone, promised, isHistorical, expected, source);
    }

    /// <summary>The day of 85 % of the open items that carry it, if the teams do those first; null where nothing carries it, or too little is known.</summary>
    private DateOnly? AtThroughput(HashSet<SourceId> items, DateTimeOffset asOf) =>
        items.Count == 0 ? null : _history.Forecasts.At(asOf).FinishOf(entry => items.Contains(entry.Item.Id), Percent);

    /// <summary>The planned time to the promised day, stretched by the speed there has been.</summary>
    private static DateOnly? AtSpeed(ScheduleStatus? status, DateOnly promised) =>
        status is { FinishedAt: null, SpeedInTime: { } speed and > 0 } ? status.DayAfter(status.Baseline.Calendar.WorkingDaysIn(status.Baseline.FirstDay, promised) / speed) : null;

    /// <summary>What has not come cannot be expected in the past.</summary>
    private static DateOnly Later(DateOnly expected, DateOnly today) => expected > today ? expected : today;
}
