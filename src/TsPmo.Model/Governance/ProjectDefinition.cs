using System.Text.RegularExpressions;
using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Model.Governance;

/// <summary>How a project works; decides accrual rule, source of planned dates and headline metrics.</summary>
public enum Methodology
{
    /// <summary>0/100 accrual; dates from the sprint's end first.</summary>
    Scrum,

    /// <summary>0/100 accrual; dates from due dates, then the plan.</summary>
    Kanban,

    /// <summary>Linear over working days; dates from start and finish fields.</summary>
    Waterfall,

    /// <summary>Per item: linear where it has both dates, else 0/100.</summary>
    Hybrid,
}

/// <summary>What the PMO governs: a project that binds scopes of one or more connectors.</summary>
public sealed record ProjectDefinition
{
    /// <summary>Key in the configuration, used by <c>--project</c> and exports.</summary>
    public required string Key { get; init; }

    /// <summary>Name as people say it.</summary>
    public required string Name { get; init; }

    /// <summary>How it works.</summary>
    public Methodology Methodology { get; init; }

    /// <summary>Sponsor's name.</summary>
    public string? Sponsor { get; init; }

    /// <summary>Project manager's name.</summary>
    public string? Manager { get; init; }

    /// <summary>Where its items come from; an item of any of them belongs to the project.</summary>
    public IReadOnlyList<SourceBinding> Sources { get; init; } = [];

    /// <summary>Planned dates and money.</summary>
    public PlanDefinition Plan { get; init; } = new();

    /// <summary>What an hour of work costs: the project's own rates, then the PMO's.</summary>
    public RateBook Rates { get; init; } = RateBook.Empty;

    /// <summary>What counts as a production deployment.</summary>
    public DeploymentRules Deployments { get; init; } = new();

    /// <summary>Limits of bands where they differ from the metric's own, by metric name.</summary>
    public IReadOnlyDictionary<string, BandLimits> Thresholds { get; init; } = new Dictionary<string, BandLimits>();

    /// <summary>Where its status is written.</summary>
    public IReadOnlyList<PublicationDefinition> Publications { get; init; } = [];

    /// <summary>The limits of a metric's bands here: the project's, else the metric's own; null where it has none.</summary>
    public BandLimits? LimitsOf(Measuring.MetricDefinition metric) => Thresholds.GetValueOrDefault(metric.Name) ?? metric.Limits;
}

/// <summary>Limits of a banded metric: the value from which it turns amber and red, on the bad side of each.</summary>
/// <param name="Amber">First limit.</param>
/// <param name="Red">Second limit.</param>
public sealed record BandLimits(decimal Amber, decimal Red)
{
    /// <summary>The band of a value. Bad is the side on which red lies; a value that equals a limit is still on its good side.</summary>
    public Measuring.Band Of(decimal value)
    {
        var isLowBad = Red < Amber;
        bool Passes(decimal limit) => isLowBad ? value < limit : value > limit;
        return Passes(Red) ? Measuring.Band.Red : Passes(Amber) ? Measuring.Band.Amber : Measuring.Band.Green;
    }
}

/// <summary>A scope of one connector. All given conditions must hold; empty lists do not narrow.</summary>
public sealed record SourceBinding
{
    /// <summary>Name of the source within the project.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the connector.</summary>
    public required string Connector { get; init; }

    /// <summary>The tracker's project, by the key or name that its people use.</summary>
    public required string Project { get; init; }

    /// <summary>Area path; the area itself and everything below it.</summary>
    public string? AreaPath { get; init; }

    /// <summary>A condition in the tracker's own query language: it decides which items belong, never what they hold.</summary>
    public string? Query { get; init; }

    /// <summary>What the condition is known by: the same one on the same project is asked once, whoever names it. Null without one.</summary>
    public string? QueryKey => Query is { } query ? $"{Project.ToUpperInvariant()}: {query}" : null;

    /// <summary>Component names, any of them.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>The tracker's type names, any of them.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
}

/// <summary>The plan of a project. Dates are days in the PMO's zone, both ends inclusive.</summary>
public sealed record PlanDefinition
{
    /// <summary>First day.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? Finish { get; init; }

    /// <summary>The instant whose state is the baseline; null: no baseline.</summary>
    public DateTimeOffset? BaselineAt { get; init; }

    /// <summary>Budget in <see cref="Currency"/>.</summary>
    public decimal? Budget { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>Cost of delay per week in <see cref="Currency"/>.</summary>
    public decimal? CostOfDelayPerWeek { get; init; }

    /// <summary>The last day on which the result is of use; null: nobody said.</summary>
    public DateOnly? UsefulUntil { get; init; }

    /// <summary>Promised dates by name.</summary>
    public IReadOnlyDictionary<string, DateOnly> Milestones { get; init; } = new Dictionary<string, DateOnly>();
}

/// <summary>What counts as a deployment to production.</summary>
public sealed record DeploymentRules
{
    /// <summary>The default pattern: names that begin with "prod".</summary>
    public static readonly Regex DefaultProduction = new("(?i)^prod", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Patterns of production environment names, any of them.</summary>
    public IReadOnlyList<Regex> Production { get; init; } = [DefaultProduction];

    /// <summary>Pipelines whose successful runs count by themselves.</summary>
    public IReadOnlyList<string> Pipelines { get; init; } = [];

    /// <summary>Whether released versions count.</summary>
    public bool Versions { get; init; }
}

/// <summary>One place where a project's status is written.</summary>
public sealed record PublicationDefinition
{
    /// <summary>Name within the project.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the connector it is written through.</summary>
    public required string Connector { get; init; }

    /// <summary>Kind of place ("Comment", "Property", "Fields").</summary>
    public required string Target { get; init; }

    /// <summary>What it hangs on: an item's key or id, or a path.</summary>
    public required string Anchor { get; init; }

    /// <summary>Field names and the templates of their values, for targets made of fields.</summary>
    public IReadOnlyDictionary<string, string> Fields
    {
        get;
        init => (field, FieldTexts) = (value, value.ToDictionary(f => f.Key, f => TemplateText.Parse(f.Value, []), StringComparer.OrdinalIgnoreCase));
    } = new Dictionary<string, string>();

    /// <summary>The same templates as they were read, by the field's name without case.</summary>
    public IReadOnlyDictionary<string, TemplateText> FieldTexts { get; private init; } = new Dictionary<string, TemplateText>();
}
