using TsPmo.Model.Calendar;
using TsPmo.Model.Costs;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Delivery;
using TsPmo.Model.Flow;
using TsPmo.Model.Forecasting;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Quality;
using TsPmo.Model.Resources;
using TsPmo.Model.Risks;
using TsPmo.Model.Sprints;
using TsPmo.Model.Work;

namespace TsPmo.Model.History;

/// <summary>
/// Everything known about one project, from which every metric is computed for any past instant. Immutable.
/// Metrics look at nothing that happened after their instant.
/// </summary>
public sealed class ProjectHistory
{
    private ScheduleBasis? _schedule;
    private CostBasis? _costs;
    private MilestoneBasis? _promises;
    private FlowBasis? _flow;
    private SprintBasis? _sprintTruths;
    private ForecastBasis? _forecasts;
    private IReadOnlyList<Track<bool>>? _counted;
    private DeliveryBasis? _delivery;
    private Defects? _defects;
    private DoneMoves? _doneMoves;
    private ResourceBasis? _resources;
    private QualityBasis? _quality;
    private Precedence? _precedence;
    private IReadOnlyDictionary<SourceId, ScopedItem>? _byId;

    /// <summary>The project as configured.</summary>
    public required ProjectDefinition Project { get; init; }

    /// <summary>The PMO's calendar.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>Every item that was ever in the project's scope, ordered by id.</summary>
    public required IReadOnlyList<ScopedItem> Items { get; init; }

    /// <summary>Sprints of the project's connectors by id.</summary>
    public IReadOnlyDictionary<SourceId, Sprint> Sprints { get; init; } = new Dictionary<SourceId, Sprint>();

    /// <summary>Milestones of the project's connectors by id.</summary>
    public IReadOnlyDictionary<SourceId, Milestone> Milestones { get; init; } = new Dictionary<SourceId, Milestone>();

    /// <summary>Who the accounts of items belong to, across the trackers.</summary>
    public People People { get; init; } = People.Unknown;

    /// <summary>Capacities of teams in dated sprints, those of other projects included because they may share people; ordered by sprint, then team.</summary>
    public IReadOnlyList<TeamCapacity> Capacities { get; init; } = [];

    /// <summary>Items with a link into a configured tracker that leads to no known item, as of now: links have no history.</summary>
    public IReadOnlySet<SourceId> UnresolvedLinks { get; init; } = new HashSet<SourceId>();

    /// <summary>What reading showed about the words of the project's connectors, by connector.</summary>
    public IReadOnlyDictionary<string, SourceRemarks> Remarks { get; init; } = new Dictionary<string, SourceRemarks>();

    /// <summary>Deployments of the project, ordered by finish, then id.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    /// <summary>What each deployment to production brought there first, ordered by finish, then id; put together when first asked for.</summary>
    public IReadOnlyList<DeploymentChanges> Delivered { get; init; } = [];

    /// <summary>Finished pipeline runs with what their tests said, ordered by finish, then id; put together when first asked for.</summary>
    public IReadOnlyList<RunQuality> Runs { get; init; } = [];

    /// <summary>Satisfaction surveys about the project, ordered by instant, then id.</summary>
    public IReadOnlyList<SurveyResponse> Responses { get; init; } = [];

    /// <summary>What looks like deployments to production and counts as none under the project's rules, ordered by name.</summary>
    public IReadOnlyList<NearMiss> NearMisses { get; init; } = [];

    /// <summary>Hours booked on items that are or once were in the project, in any order.</summary>
    public IReadOnlyList<TimeEntry> TimeEntries { get; init; } = [];

    /// <summary>Links between items that are or once were in the project, as they stand now, each once; in any order.</summary>
    public IReadOnlyList<ItemLink> Links { get; init; } = [];

    /// <summary>Baselines that were captured and kept, besides the one that the plan names by its instant; in any order.</summary>
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];

    /// <summary>What people said about the project's risks, oldest first.</summary>
    public IReadOnlyList<RiskDecision> RiskDecisions { get; init; } = [];

    /// <summary>The items by id, made when first asked for.</summary>
    public IReadOnlyDictionary<SourceId, ScopedItem> ById => LazyInitializer.EnsureInitialized(ref _byId, () => Items.ToDictionary(i => i.Item.Id));

    /// <summary>Baseline, planned and earned value, made when first asked for and shared by every metric that reads this history.</summary>
    public ScheduleBasis Schedule => LazyInitializer.EnsureInitialized(ref _schedule, () => ScheduleBasis.From(this));

    /// <summary>Milestones with what was promised and what is to be expected, made when first asked for and shared by every metric that reads this history.</summary>
    public MilestoneBasis Promises => LazyInitializer.EnsureInitialized(ref _promises, () => MilestoneBasis.From(this));

    /// <summary>Actual cost beside planned and earned value, made when first asked for and shared by every metric that reads this history.</summary>
    public CostBasis Costs => LazyInitializer.EnsureInitialized(ref _costs, () => CostBasis.From(this));

    /// <summary>When each item carries weight of its own, in the order of <see cref="Items"/>; made when first asked for.</summary>
    internal IReadOnlyList<Track<bool>> Counted => LazyInitializer.EnsureInitialized(ref _counted, () => CountedItems.Over(this));

    /// <summary>When each item was started and finished, made when first asked for and shared by every metric that reads this history.</summary>
    public FlowBasis Flow => LazyInitializer.EnsureInitialized(ref _flow, () => FlowBasis.From(this));

    /// <summary>What the sprints held at their start, what came and went, and what stood at their end, made when first asked for.</summary>
    public SprintBasis SprintTruths => LazyInitializer.EnsureInitialized(ref _sprintTruths, () => SprintBasis.From(this));

    /// <summary>When the remaining work will be finished, as it was seen at each instant, made when first asked for.</summary>
    public ForecastBasis Forecasts => LazyInitializer.EnsureInitialized(ref _forecasts, () => ForecastBasis.From(this));

    /// <summary>What came of the deployments to production, made when first asked for and shared by every metric that reads this history.</summary>
    public DeliveryBasis Delivery => LazyInitializer.EnsureInitialized(ref _delivery, () => DeliveryBasis.From(this));

    /// <summary>The project's defects, made when first asked for.</summary>
    public Defects Defects => LazyInitializer.EnsureInitialized(ref _defects, () => Defects.From(this));

    /// <summary>Every entering and leaving of Done, made when first asked for.</summary>
    public DoneMoves DoneMoves => LazyInitializer.EnsureInitialized(ref _doneMoves, () => DoneMoves.From(this));

    /// <summary>Which items have to be done before which, made when first asked for.</summary>
    public Precedence Precedence => LazyInitializer.EnsureInitialized(ref _precedence, () => new Precedence(this));

    /// <summary>Work and capacity of people, made when first asked for and shared by every metric that reads this history.</summary>
    public ResourceBasis Resources => LazyInitializer.EnsureInitialized(ref _resources, () => ResourceBasis.From(this));

    /// <summary>What is wrong with items, made when first asked for and shared by every metric that reads this history.</summary>
    public QualityBasis DataQuality => LazyInitializer.EnsureInitialized(ref _quality, () => QualityBasis.From(this));
}

/// <summary>An item together with when it was in the project's scope (bindings by project, area, component and type, over time).</summary>
/// <param name="Item">The item.</param>
/// <param name="InScope">Whether it matched one of the project's sources; deletion is not part of it.</param>
public sealed record ScopedItem(ItemHistory Item, Track<bool> InScope)
{
    /// <summary>Whether the item existed in the project as of an instant.</summary>
    public bool IsInAt(DateTimeOffset instant) => Item.ExistsAt(instant) && InScope.At(instant);

    /// <summary>Whether the item was in the project and neither done nor removed as of an instant.</summary>
    public bool IsOpenAt(DateTimeOffset instant) => IsInAt(instant) && Item.State.At(instant).IsOpen();
}
