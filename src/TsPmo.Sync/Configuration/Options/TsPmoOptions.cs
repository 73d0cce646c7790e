using TsPmo.Model;
using TsPmo.Plugins.Connectors;

namespace TsPmo.Sync.Configuration.Options;

/// <summary>Everything below <c>TsPmo</c> in the administrator's configuration.</summary>
internal sealed class TsPmoOptions
{
    [Setting("Where everything that was read and measured is kept.")]
    public StoreOptions Store { get; set; } = new();

    [Setting("When the jobs of the running host start.")]
    public ScheduleOptions Schedule { get; set; } = new();

    [Setting("Which days are worked.")]
    public CalendarOptions Calendar { get; set; } = new();

    [Setting("Trackers to read, by a name of your choice.")]
    public IReadOnlyDictionary<string, ConnectorOptions> Connectors { get; set; } = new Dictionary<string, ConnectorOptions>();

    [Setting("Projects that the PMO governs, by a key of your choice.")]
    public IReadOnlyDictionary<string, ProjectOptions> Projects { get; set; } = new Dictionary<string, ProjectOptions>();

    [Setting("Groups of projects, by a key of your choice.")]
    public IReadOnlyDictionary<string, PortfolioOptions> Portfolios { get; set; } = new Dictionary<string, PortfolioOptions>();

    [Setting("People whose accounts cannot be brought together by e-mail, by an id of your choice.")]
    public IReadOnlyDictionary<string, PersonOptions> People { get; set; } = new Dictionary<string, PersonOptions>();

    [Setting("Hourly rates, by a name of your choice; the one with the latest From on or before a day holds for it.")]
    public IReadOnlyDictionary<string, RateOptions> Rates { get; set; } = new Dictionary<string, RateOptions>();

    [Setting("Limits between green, amber and red, by the metric's name.")]
    public IReadOnlyDictionary<string, ThresholdOptions> Thresholds { get; set; } = new Dictionary<string, ThresholdOptions>();

    [Setting("Rules of writing back.")]
    public PublishingOptions Publishing { get; set; } = new();

    [Setting("What readers may see of persons and titles.")]
    public PrivacyOptions Privacy { get; set; } = new();

    [Setting("The web console.")]
    public ConsoleOptions Console { get; set; } = new();

    [Setting("Folder with one file per secret; a file's name is the key with __ for each colon (TsPmo__Connectors__NAME__Auth__Secret).")]
    public string? SecretsDirectory { get; set; }
}

/// <summary>Where everything is kept.</summary>
internal sealed class StoreOptions
{
    [Setting("Sqlite or PostgreSql. Default Sqlite.", Allowed = ["Sqlite", "PostgreSql"])]
    public string Provider { get; set; } = "Sqlite";

    [Setting("Connection string; a relative file is looked up beside the configuration. Default Data Source=data/tspmo.db.")]
    public Secret ConnectionString { get; set; } = new("Data Source=data/tspmo.db");
}

/// <summary>When jobs start. An empty cron switches a job off.</summary>
internal sealed class ScheduleOptions
{
    [Setting("The one zone in which a day is a day, and in which the crons are read. Default UTC.", Form = "zone")]
    public string TimeZone { get; set; } = "UTC";

    [Setting("Quartz cron of the incremental passes. Default every ten minutes.", Form = "cron")]
    public string Sync { get; set; } = "0 0/10 * * * ?";

    [Setting("Quartz cron of the full passes. Default 02:30 every day.", Form = "cron")]
    public string Reconcile { get; set; } = "0 30 2 * * ?";

    [Setting("Quartz cron of the measuring. Default five minutes past every hour.", Form = "cron")]
    public string Measure { get; set; } = "0 5 * * * ?";

    [Setting("Quartz cron of the writing back. Default 07:00 from Monday to Friday.", Form = "cron")]
    public string Publish { get; set; } = "0 0 7 ? * MON-FRI";
}

/// <summary>Which days are worked.</summary>
internal sealed class CalendarOptions
{
    [Setting("Weekdays that are worked. Default Monday to Friday.")]
    public IReadOnlyList<DayOfWeek> WorkingDays { get; set; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Setting("Days that are not worked.")]
    public IReadOnlyList<DateOnly> Holidays { get; set; } = [];
}
