using TsPmo.Engine.History;
using TsPmo.Model.Calendar;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Risks;

namespace TsPmo.Engine.Reporting.Risks;

/// <summary>The risk register of a project, computed from what is stored.</summary>
public sealed class RiskQuery(IPmoSource pmo, IHistoryReader histories)
{
    /// <summary>How many weeks back it is looked when a signal of the whole project began.</summary>
    private const int Weeks = 26;

    /// <summary>The risks as of an instant, gravest first.</summary>
    public async Task<IReadOnlyList<Risk>> OfAsync(ProjectDefinition project, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var setup = pmo.Current;
        var history = await histories.ReadAsync(project, cancellationToken);
        var monday = WorkingCalendar.MondayOf(history.Calendar.DayOf(asOf));
        DateTimeOffset[] ends = [.. Enumerable.Range(0, Weeks).Select(week => history.Calendar.StartOf(monday.AddDays(-7 * week)).AddMilliseconds(-1))];
        var sweep = new ProjectSweep(setup.Metrics.Only(MetricSignals.Reads), history) { Failed = (_, _) => { } };
        var byInstant = sweep.Results([asOf, .. ends]).ToLookup(r => r.AsOf);
        var seen = ends.Select(end => MetricSignals.Of(new ResultSet(byInstant[end]), _ => end).Select(s => s.Kind).ToHashSet(StringComparer.Ordinal)).ToArray();
        return new RiskRegister(history).At(asOf, new ResultSet(byInstant[asOf]), kind => history.Calendar.StartOf(monday.AddDays(-7 * Unbroken(seen, kind))));
    }

    /// <summary>Over how many of the last weeks' ends a signal was there without a break: it began in the week after the last one without it.</summary>
    private static int Unbroken(HashSet<string>[] seen, string kind) => seen.TakeWhile(week => week.Contains(kind)).Count();
}
