using TsPmo.Model;
using TsPmo.Model.Governance;

namespace TsPmo.Sync.Configuration.Options;

/// <summary>A project that the PMO governs.</summary>
internal sealed class ProjectOptions
{
    [Setting("Name as people say it. Default: the key.")]
    public string? Name { get; set; }

    [Setting("Scrum, Kanban, Waterfall or Hybrid: decides how progress is earned and where planned dates come from. Default Scrum.")]
    public Methodology Methodology { get; set; } = Methodology.Scrum;

    [Setting("Sponsor's name.")]
    public string? Sponsor { get; set; }

    [Setting("Project manager's name.")]
    public string? Manager { get; set; }

    [Setting("Path of the project's charter.")]
    public string? Charter { get; set; }

    [Setting("Where its items come from, by a name of your choice.")]
    public IReadOnlyDictionary<string, SourceOptions> Sources { get; set; } = new Dictionary<string, SourceOptions>();

    [Setting("Planned dates and money.")]
    public PlanOptions Plan { get; set; } = new();

    [Setting("Hourly rates of this project, by a name of your choice; where they have none for a person, the PMO's hold.")]
    public IReadOnlyDictionary<string, RateOptions> Rates { get; set; } = new Dictionary<string, RateOptions>();

    [Setting("What counts as a deployment to production.")]
    public DeploymentOptions Deployments { get; set; } = new();

    [Setting("Where its status is written, by a name of your choice.")]
    public IReadOnlyDictionary<string, PublicationOptions> Publish { get; set; } = new Dictionary<string, PublicationOptions>();

    [Setting("Limits between green, amber and red of this project, by the metric's name.")]
    public IReadOnlyDictionary<string, ThresholdOptions> Thresholds { get; set; } = new Dictionary<string, ThresholdOptions>();
}

/// <summary>A scope of one connector. All given conditions must hold.</summary>
internal sealed class SourceOptions
{
    [Setting("Name of the connector.", Required = true)]
    public string Connector { get; set; } = "";

    [Setting("The tracker's project: its key or its name, as the tracker calls it.", Required = true)]
    public string Project { get; set; } = "";

    [Setting("Area path; the area itself and everything below it.")]
    public string? AreaPath { get; set; }

    [Setting("A condition in the tracker's own query language.")]
    public string? Query { get; set; }

    [Setting("Name or id of a board.")]
    public string? Board { get; set; }

    [Setting("Component names, any of them.")]
    public IReadOnlyList<string> Components { get; set; } = [];

    [Setting("The tracker's type names, any of them.")]
    public IReadOnlyList<string> Types { get; set; } = [];
}

/// <summary>The plan of a project.</summary>
internal sealed class PlanOptions
{
    [Setting("First day, inclusive.")]
    public DateOnly? Start { get; set; }

    [Setting("Last day, inclusive.")]
    public DateOnly? Finish { get; set; }

    [Setting("The instant whose state is the baseline.")]
    public DateTimeOffset? BaselineAt { get; set; }

    [Setting("Budget in Currency.", Minimum = 0)]
    public decimal? Budget { get; set; }

    [Setting("ISO 4217 code.", Form = "currency")]
    public string? Currency { get; set; }

    [Setting("Cost of delay per week in Currency.", Minimum = 0)]
    public decimal? CostOfDelayPerWeek { get; set; }

    [Setting("The last day on which the result is of use. What a week of delay costs, until then, is what finishing is still worth.")]
    public DateOnly? UsefulUntil { get; set; }

    [Setting("Promised dates by name.")]
    public IReadOnlyDictionary<string, DateOnly> Milestones { get; set; } = new Dictionary<string, DateOnly>();
}

/// <summary>What counts as a deployment to production.</summary>
internal sealed class DeploymentOptions
{
    [Setting("Regular expressions of production environments' names, any of them. Default: names that begin with prod.", Form = "regex")]
    public IReadOnlyList<string> Production { get; set; } = [DeploymentRules.DefaultProduction.ToString()];

    [Setting("Pipelines whose successful runs count by themselves.")]
    public IReadOnlyList<string> Pipelines { get; set; } = [];

    [Setting("Whether released versions count. Default false.")]
    public bool Versions { get; set; }
}

/// <summary>One place where status is written.</summary>
internal sealed class PublicationOptions
{
    [Setting("Name of the connector it is written through.", Required = true)]
    public string Connector { get; set; } = "";

    [Setting("Kind of place, as the plugins verb lists them.", Required = true)]
    public string Target { get; set; } = "";

    [Setting("What it hangs on: an item's key or id, or a path.", Required = true)]
    public string Anchor { get; set; } = "";

    [Setting("For targets made of fields: field name to the template of its value, with {metric} placeholders.")]
    public IReadOnlyDictionary<string, string> Fields { get; set; } = new Dictionary<string, string>();
}

/// <summary>A group of projects.</summary>
internal sealed class PortfolioOptions
{
    [Setting("Name as people say it. Default: the key.")]
    public string? Name { get; set; }

    [Setting("Keys of its projects.")]
    public IReadOnlyList<string> Projects { get; set; } = [];

    [Setting("Where its status is written, by a name of your choice.")]
    public IReadOnlyDictionary<string, PublicationOptions> Publish { get; set; } = new Dictionary<string, PublicationOptions>();
}
