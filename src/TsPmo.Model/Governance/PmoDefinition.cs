using TsPmo.Model.Calendar;
using TsPmo.Model.Publishing.Templates;
using TsPmo.Model.Work;

namespace TsPmo.Model.Governance;

/// <summary>Everything the configuration says about the PMO, validated and immutable.</summary>
public sealed record PmoDefinition
{
    /// <summary>The calendar in which a day is a day.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>Projects by key.</summary>
    public IReadOnlyDictionary<string, ProjectDefinition> Projects { get; init; } = new Dictionary<string, ProjectDefinition>();

    /// <summary>Portfolios by key.</summary>
    public IReadOnlyDictionary<string, PortfolioDefinition> Portfolios { get; init; } = new Dictionary<string, PortfolioDefinition>();

    /// <summary>People bound by hand, by their id.</summary>
    public IReadOnlyDictionary<string, PersonDefinition> People { get; init; } = new Dictionary<string, PersonDefinition>();

    /// <summary>How raw values are read, by connector.</summary>
    public IReadOnlyDictionary<string, FieldMapping> Mappings { get; init; } = new Dictionary<string, FieldMapping>();

    /// <summary>Base address of every connector, to resolve addresses between trackers.</summary>
    public IReadOnlyDictionary<string, Uri> BaseAddresses { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Rules of writing back.</summary>
    public PublishingRules Publishing { get; init; } = new();

    /// <summary>Address under which people reach the console; null: none is configured.</summary>
    public Uri? ConsoleAddress { get; init; }
}

/// <summary>A group of projects.</summary>
public sealed record PortfolioDefinition(string Key, string Name, IReadOnlyList<string> Projects)
{
    /// <summary>Where its status is written.</summary>
    public IReadOnlyList<PublicationDefinition> Publications { get; init; } = [];
}

/// <summary>A person whose accounts e-mail alone does not bring together. Accounts are <c>connector:account</c>.</summary>
/// <param name="Id">Key in the configuration.</param>
/// <param name="Accounts">The accounts bound by hand.</param>
/// <param name="Role">Role, for rates.</param>
/// <param name="HoursPerDay">Hours of project work on a working day; null: as the trackers say.</param>
public sealed record PersonDefinition(string Id, IReadOnlyList<SourceId> Accounts, string? Role, decimal? HoursPerDay)
{
    /// <summary>Days of absence, both ends of each inclusive; they may overlap.</summary>
    public IReadOnlyList<Measuring.DateWindow> Absences { get; init; } = [];

    /// <summary>Whether the person is away on a day.</summary>
    public bool IsAbsent(DateOnly day) => Absences.Any(a => a.First <= day && day <= a.Last);
}

/// <summary>How a connector's raw values are read where the administrator knows better than the tracker's own categories. Names compare without case.</summary>
public sealed record FieldMapping
{
    /// <summary>Statuses and resolutions that mean "not delivered" unless configured.</summary>
    public static readonly IReadOnlyList<string> DefaultRemoved =
        ["Won't Do", "Won't Fix", "Cancelled", "Canceled", "Duplicate", "Rejected", "Declined", "Cannot Reproduce", "Obsolete"];

    /// <summary>Status name to state.</summary>
    public IReadOnlyDictionary<string, State> States { get; init; } = new Dictionary<string, State>();

    /// <summary>Type name to kind.</summary>
    public IReadOnlyDictionary<string, WorkItemKind> Types { get; init; } = new Dictionary<string, WorkItemKind>();

    /// <summary>Name or id of the points field; null: the tracker's own choice.</summary>
    public string? Points { get; init; }

    /// <summary>Statuses and resolutions that mean "not delivered" when the item is done.</summary>
    public IReadOnlyList<string> Removed { get; init; } = DefaultRemoved;

    /// <summary>Statuses that mean blocked.</summary>
    public IReadOnlyList<string> Blocked { get; init; } = [];

    /// <summary>Statuses that mean waiting.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>Name or id of the planned start field.</summary>
    public string? Start { get; init; }

    /// <summary>Name or id of the planned finish field.</summary>
    public string? Finish { get; init; }
}

/// <summary>Rules of writing back.</summary>
public sealed record PublishingRules
{
    /// <summary>What is said, in whose words.</summary>
    public ReportTemplates Templates { get; init; } = new(new Dictionary<string, ReportTemplate>());

    /// <summary>Working days by which a date or a variance has to move to be worth a write.</summary>
    public decimal MinDays { get; init; } = 2;

    /// <summary>Points by which a sum of points has to move to be worth a write.</summary>
    public decimal MinPoints { get; init; } = 3;

    /// <summary>How often one item may be written on one day of the PMO's zone; taking back is never held up.</summary>
    public int WritesPerItemPerDay { get; init; } = 4;

    /// <summary>How often anything may be written in one run: what is more waits for the next.</summary>
    public int WritesPerRun { get; init; } = 500;

    /// <summary>Whether targets that cannot be silenced may be written.</summary>
    public bool AllowNotifications { get; init; }

    /// <summary>Data older than this is said to be stale and nothing else.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Culture of numbers and dates in published text.</summary>
    public System.Globalization.CultureInfo Culture { get; init; } = System.Globalization.CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Start and end of quiet hours in the PMO's zone; null: none. They bind the schedule only.</summary>
    public (TimeOnly From, TimeOnly To)? QuietHours { get; init; }
}
