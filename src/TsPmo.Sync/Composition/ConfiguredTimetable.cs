using TsPmo.Engine.Scheduling;
using TsPmo.Sync.Configuration;
using TsPmo.Sync.Configuration.Options;

namespace TsPmo.Sync.Composition;

/// <summary>What starts when, by the configuration in force. An empty cron switches a job off.</summary>
internal sealed class ConfiguredTimetable(CurrentConfiguration current) : ITimetableSource
{
    public Timetable Timetable => Of(current.Value);

    public event EventHandler? Changed
    {
        add => current.Changed += value;
        remove => current.Changed -= value;
    }

    public static Timetable Of(LoadedConfiguration configuration) =>
        new(configuration.Pmo.Calendar.Zone, [.. Entries(configuration.Options).Where(e => e.Cron.Length > 0)]);

    private static IEnumerable<TimetableEntry> Entries(TsPmoOptions options)
    {
        foreach (var (name, connector) in options.Connectors.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            yield return new(WorkKind.Sync, name, connector.Schedule ?? options.Schedule.Sync);
            yield return new(WorkKind.Reconcile, name, options.Schedule.Reconcile);
        }

        yield return new(WorkKind.Measure, null, options.Schedule.Measure);
        yield return new(WorkKind.Publish, null, options.Schedule.Publish);
    }
}
