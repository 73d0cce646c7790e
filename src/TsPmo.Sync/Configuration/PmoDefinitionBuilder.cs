using System.Globalization;
using System.Text.RegularExpressions;
using TsPmo.Model.Calendar;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing.Templates;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration;

/// <summary>Says in the model's words what checked options say.</summary>
internal static class PmoDefinitionBuilder
{
    public static PmoDefinition Build(TsPmoOptions options, ReportTemplates reports) => new()
    {
        Calendar = new WorkingCalendar(TimeZoneInfo.FindSystemTimeZoneById(options.Schedule.TimeZone), options.Calendar.WorkingDays, options.Calendar.Holidays),
        Projects = options.Projects.ToDictionary(p => p.Key, p => Project(p.Key, p.Value, options), StringComparer.OrdinalIgnoreCase),
        Portfolios = options.Portfolios.ToDictionary(
            p => p.Key, p => Portfolio(p.Key, p.Value, options), StringComparer.OrdinalIgnoreCase),
        People = options.People.ToDictionary(p => p.Key, p => Person(p.Key, p.Value, options), StringComparer.OrdinalIgnoreCase),
        Mappings = options.Connectors.ToDictionary(c => c.Key, c => Mapping(c.Value.Mapping), StringComparer.Ordinal),
        BaseAddresses = options.Connectors.Where(c => c.Value.BaseUrl is not null).ToDictionary(c => c.Key, c => c.Value.BaseUrl!, StringComparer.Ordinal),
        Publishing = Publishing(options.Publishing, reports),
        ConsoleAddress = options.Console.PublicUrl,
    };

    private static PortfolioDefinition Portfolio(string key, PortfolioOptions portfolio, TsPmoOptions options) =>
        new(key, portfolio.Name ?? key, [.. portfolio.Projects.Select(k => Spelling(options.Projects, k))])
        {
            Publications = [.. portfolio.Publish.Select(p => Publication(p.Key, p.Value, options))],
        };

    private static ProjectDefinition Project(string key, ProjectOptions project, TsPmoOptions options) => new()
    {
        Key = key,
        Name = project.Name ?? key,
        Methodology = project.Methodology,
        Sponsor = project.Sponsor,
        Manager = project.Manager,
        Sources = [.. project.Sources.Select(s => Source(s.Key, s.Value, options))],
        Plan = new PlanDefinition
        {
            Start = project.Plan.Start,
            Finish = project.Plan.Finish,
            BaselineAt = project.Plan.BaselineAt,
            Budget = project.Plan.Budget,
            Currency = project.Plan.Currency,
            CostOfDelayPerWeek = project.Plan.CostOfDelayPerWeek,
            UsefulUntil = project.Plan.UsefulUntil,
            Milestones = project.Plan.Milestones,
        },
        Rates = new RateBook(project.Rates.Values.Select(Table), options.Rates.Values.Select(Table), Roles(options)),
        Deployments = new DeploymentRules
        {
            Production = [.. project.Deployments.Production.Select(p => new Regex(p, RegexOptions.CultureInvariant, SettingForms.PatternTimeout))],
            Pipelines = project.Deployments.Pipelines,
            Versions = project.Deployments.Versions,
        },
        Publications = [.. project.Publish.Select(p => Publication(p.Key, p.Value, options))],
        Thresholds = Thresholds(options.Thresholds, project.Thresholds),
    };

    /// <summary>The PMO's limits, and in their place the project's where it has its own.</summary>
    private static Dictionary<string, BandLimits> Thresholds(IReadOnlyDictionary<string, ThresholdOptions> common, IReadOnlyDictionary<string, ThresholdOptions> own)
    {
        var merged = new Dictionary<string, BandLimits>(StringComparer.Ordinal);
        foreach (var (metric, limits) in common.Concat(own))
        {
            if (limits is { Amber: { } amber, Red: { } red })
                merged[metric] = new BandLimits(amber, red);
        }

        return merged;
    }

    private static RateTable Table(RateOptions table) => new(table.From ?? DateOnly.MinValue) { Default = table.Default, Roles = table.Roles, People = WithoutCase(table.People) };

    private static Dictionary<string, string> Roles(TsPmoOptions options) =>
        options.People.Where(p => p.Value.Role is not null).ToDictionary(p => p.Key, p => p.Value.Role ?? "", StringComparer.OrdinalIgnoreCase);

    private static SourceBinding Source(string name, SourceOptions source, TsPmoOptions options) => new()
    {
        Name = name,
        Connector = Spelling(options.Connectors, source.Connector),
        Project = source.Project,
        AreaPath = string.IsNullOrEmpty(source.AreaPath) ? null : source.AreaPath,
        Query = string.IsNullOrWhiteSpace(source.Query) ? null : source.Query.Trim(),
        Components = source.Components,
        Types = source.Types,
    };

    private static PublicationDefinition Publication(string name, PublicationOptions publication, TsPmoOptions options) => new()
    {
        Name = name,
        Connector = Spelling(options.Connectors, publication.Connector),
        Target = publication.Target,
        Anchor = publication.Anchor,
        Fields = publication.Fields,
    };

    private static PersonDefinition Person(string id, PersonOptions person, TsPmoOptions options) =>
        new(id, [.. person.Accounts.Select(a => Account(a, options))], person.Role, person.HoursPerDay)
        {
            Absences = [.. person.Absences.Select(SettingForms.DateRange).OfType<(DateOnly First, DateOnly Last)>().Select(a => new DateWindow(a.First, a.Last))],
        };

    private static SourceId Account(string account, TsPmoOptions options)
    {
        var colon = account.IndexOf(':', StringComparison.Ordinal);
        return new SourceId(Spelling(options.Connectors, account[..colon]), account[(colon + 1)..]);
    }

    private static FieldMapping Mapping(MappingOptions mapping) => new()
    {
        States = WithoutCase(mapping.States),
        Types = WithoutCase(mapping.Types),
        Points = mapping.Points,
        Removed = mapping.Removed ?? FieldMapping.DefaultRemoved,
        Blocked = mapping.Blocked,
        Waiting = mapping.Waiting,
        Start = mapping.Start,
        Finish = mapping.Finish,
    };

    private static PublishingRules Publishing(PublishingOptions publishing, ReportTemplates reports) => new()
    {
        Templates = reports,
        MinDays = publishing.MinDays,
        MinPoints = publishing.MinPoints,
        WritesPerItemPerDay = publishing.WritesPerItemPerDay,
        AllowNotifications = publishing.AllowNotifications,
        MaxStaleness = publishing.MaxStaleness,
        Culture = CultureInfo.GetCultureInfo(publishing.Culture),
        QuietHours = SettingForms.TimeRange(publishing.QuietHours),
    };

    /// <summary>Names compare without case in the configuration and exactly in the store, so one spelling is carried on: that of the named object.</summary>
    private static string Spelling<T>(IReadOnlyDictionary<string, T> named, string name) =>
        named.Keys.First(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, T> WithoutCase<T>(IReadOnlyDictionary<string, T> map) => new(map, StringComparer.OrdinalIgnoreCase);
}
