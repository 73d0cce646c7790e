using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Risks;

/// <summary>Work in progress that nobody has touched for longer than is usual in its status, and longer than a working week.</summary>
internal sealed class Staleness(ProjectHistory history)
{
    private const int LeastPatience = 5;

    /// <summary>Stays in a status that ended: when, and how many working days they had lasted; by status.</summary>
    private readonly Lazy<Dictionary<string, List<(DateTimeOffset End, int Days)>>> _stays = new(() => Stays(history));

    /// <summary>How many working days without a touch are usual for an item: the P85 of the stays in its status that had ended, at least five.</summary>
    public Func<ScopedItem, int> PatienceAt(DateTimeOffset asOf)
    {
        var byStatus = new Dictionary<string, int>(StringComparer.Ordinal);
        return item =>
        {
            var status = item.Item.Status.At(asOf) ?? "";
            if (!byStatus.TryGetValue(status, out var patience))
                byStatus[status] = patience = Math.Max(LeastPatience, Observations.Percentile(_stays.Value.GetValueOrDefault(status, []).Where(s => s.End <= asOf).Select(s => s.Days), 85) ?? 0);
            return patience;
        };
    }

    /// <summary>The signal of one item that is not blocked; null where it moves.</summary>
    public RiskSignal? Of(ScopedItem item, DateTimeOffset asOf, int patience)
    {
        if (item.Item.State.At(asOf) != State.InProgress)
            return null;
        var calendar = history.Calendar;
        var touched = calendar.DayOf(LastTouch(item, asOf));
        var still = calendar.WorkingDaysIn(touched.AddDays(1), calendar.DayOf(asOf));
        return still <= patience ? null : new("Stale", $"untouched for {still} working days, {patience} being usual", calendar.StartOf(DayAfter(touched, patience)), Band.Amber) { Item = item };
    }

    /// <summary>The first working day on which the patience was exceeded.</summary>
    private DateOnly DayAfter(DateOnly touched, int patience)
    {
        var day = touched;
        for (var i = 0; i <= patience; i++)
            day = history.Calendar.OnOrAfter(day.AddDays(1));
        return day;
    }

    private static DateTimeOffset LastTouch(ScopedItem scoped, DateTimeOffset asOf)
    {
        var item = scoped.Item;
        var last = item.Created;
        Later(item.Status, ref last);
        Later(item.State, ref last);
        Later(item.Assignee, ref last);
        Later(item.Points, ref last);
        Later(item.EstimateHours, ref last);
        Later(item.RemainingHours, ref last);
        Later(item.Sprints, ref last);
        Later(item.Milestones, ref last);
        Later(item.PlannedStart, ref last);
        Later(item.PlannedFinish, ref last);
        Later(item.Priority, ref last);
        Later(item.Labels, ref last);
        Later(item.Blocked, ref last);
        Later(item.Parent, ref last);
        return last;

        void Later<T>(Track<T> track, ref DateTimeOffset latest)
        {
            if (track.UpTo(asOf) is [.., var entry] && entry.At > latest)
                latest = entry.At;
        }
    }

    private static Dictionary<string, List<(DateTimeOffset End, int Days)>> Stays(ProjectHistory history)
    {
        var stays = new Dictionary<string, List<(DateTimeOffset, int)>>(StringComparer.Ordinal);
        foreach (var item in history.Items.Select(i => i.Item))
        {
            var since = item.Created;
            foreach (var entry in item.Status.Entries)
            {
                var days = history.Calendar.WorkingDaysIn(history.Calendar.DayOf(since).AddDays(1), history.Calendar.DayOf(entry.At));
                (stays.TryGetValue(entry.From ?? "", out var list) ? list : stays[entry.From ?? ""] = []).Add((entry.At, days));
                since = entry.At;
            }
        }

        return stays;
    }
}
