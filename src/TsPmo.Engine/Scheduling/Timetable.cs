namespace TsPmo.Engine.Scheduling;

/// <summary>The kinds of work that start by themselves.</summary>
public enum WorkKind
{
    /// <summary>Reads what is new in one connector.</summary>
    Sync,

    /// <summary>Reads what is new in one connector, then again what no delta shows, and sweeps for what has gone or come back.</summary>
    Reconcile,

    /// <summary>Computes and stores the figures of all projects.</summary>
    Measure,

    /// <summary>Writes the status of all projects back.</summary>
    Publish,
}

/// <summary>One piece of work and when it starts.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Connector">The connector, for work that is done per connector; else null.</param>
/// <param name="Cron">Quartz cron expression, read in the timetable's zone.</param>
public sealed record TimetableEntry(WorkKind Kind, string? Connector, string Cron)
{
    /// <summary>Name of the job: two entries never have the same.</summary>
    public string Name => Connector is null ? Kind.ToString().ToLowerInvariant() : $"{Kind.ToString().ToLowerInvariant()}/{Connector}";
}

/// <summary>Everything that starts by itself.</summary>
/// <param name="Zone">The zone in which crons are read.</param>
/// <param name="Entries">The work; names are unique.</param>
public sealed record Timetable(TimeZoneInfo Zone, IReadOnlyList<TimetableEntry> Entries);

/// <summary>Where the scheduler asks what is to start when.</summary>
public interface ITimetableSource
{
    /// <summary>The timetable in force.</summary>
    Timetable Timetable { get; }

    /// <summary>Says that another timetable is in force.</summary>
    event EventHandler? Changed;
}
