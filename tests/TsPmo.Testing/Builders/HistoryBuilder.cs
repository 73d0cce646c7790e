using TsPmo.Model.Calendar;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Quality;
using TsPmo.Model.Risks;
using TsPmo.Model.Resources;
using TsPmo.Model.Work;

namespace TsPmo.Testing.Builders;

/// <summary>A project's history: a plan from Monday 5 January 2026 on, Monday to Friday, UTC, unless said otherwise.</summary>
public sealed class HistoryBuilder
{
    private readonly List<ItemBuilder> _items = [];
    private readonly List<Sprint> _sprints = [];
    private readonly List<Milestone> _milestones = [];
    private readonly List<Deployment> _deployments = [];
    private readonly List<TimeEntry> _entries = [];
    private readonly List<ItemLink> _links = [];
    private readonly Dictionary<string, DeploymentContent> _brought = new(StringComparer.Ordinal);
    private readonly List<RunQuality> _runs = [];
    private readonly List<SurveyResponse> _responses = [];
    private readonly List<RiskDecision> _decisions = [];
    private readonly List<TeamCapacity> _capacities = [];

    /// <summary>The project; replace parts of it by <c>with</c>.</summary>
    public ProjectDefinition Project { get; set; } = new()
    {
        Key = "PRJ",
        Name = "Project",
        Methodology = Methodology.Kanban,
        Plan = new PlanDefinition { Start = new(2026, 1, 5), BaselineAt = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero) },
    };

    /// <summary>The PMO's zone.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Holidays.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; set; } = [];

    /// <summary>Baselines that were captured.</summary>
    public IReadOnlyList<Baseline> Baselines { get; set; } = [];

    /// <summary>Items with a link that leads to no known one.</summary>
    public ISet<SourceId> Unresolved { get; } = new HashSet<SourceId>();

    /// <summary>People bound by hand.</summary>
    public IReadOnlyList<PersonDefinition> People { get; set; } = [];

    /// <summary>Adds an item and gives it back to be told what happened to it.</summary>
    public ItemBuilder Item(string id, string connector = "tracker")
    {
        var item = new ItemBuilder(id, connector);
        _items.Add(item);
        return item;
    }

    /// <summary>Adds a sprint planned in whole days (both inclusive, in the PMO's zone) or by instants, with the dates it was known by from the given instant on, and as they were moved.</summary>
    public HistoryBuilder Sprint(
        string id, DateTimeOffset? start, DateTimeOffset? end, bool isPlannedInDays = false, DateTimeOffset? completed = null, bool isClosed = false,
        DateTimeOffset? since = null, IReadOnlyList<(DateTimeOffset At, DateTimeOffset? Start, DateTimeOffset? End)>? moves = null)
    {
        var state = isClosed || completed is not null ? SprintState.Closed : SprintState.Active;
        var first = new SprintDates(start, end, isPlannedInDays);
        var entries = new List<TrackEntry<SprintDates>>();
        foreach (var move in moves ?? [])
            entries.Add(new(move.At, null, entries.Count == 0 ? first : entries[^1].To, new(move.Start, move.End, isPlannedInDays)));
        var dates = new Track<SprintDates>(first, entries);
        _sprints.Add(new()
        {
            Id = new("tracker", id), Name = id, State = state, Start = dates.Current.Start, End = dates.Current.End, Completed = completed, IsPlannedInDays = isPlannedInDays,
            Dates = dates, DatesSince = since ?? DateTimeOffset.MinValue,
        });
        return this;
    }

    /// <summary>Adds a version.</summary>
    public HistoryBuilder Version(string id, DateOnly? start, DateOnly? date, DateOnly? released = null, DateTimeOffset? since = null, IReadOnlyList<(DateTimeOffset At, DateOnly? To)>? moves = null)
    {
        var entries = (moves ?? []).Select((m, i) => new TrackEntry<DateOnly?>(m.At, null, i == 0 ? date : moves?[i - 1].To, m.To)).ToList();
        var now = entries.Count == 0 ? date : entries[^1].To;
        _milestones.Add(new(new("tracker", id), "PRJ", id, "version", start, now, Released: released is not null, released) { Dates = new(date, entries), DatesSince = since });
        return this;
    }

    /// <summary>Adds that one item must be done before another.</summary>
    public HistoryBuilder Blocks(string before, string after, string toolBefore = "tracker")
    {
        _links.Add(new(new(toolBefore, before), LinkKind.Blocks, new("tracker", after)));
        return this;
    }

    /// <summary>Adds a link between two items.</summary>
    public HistoryBuilder Link(string from, LinkKind kind, string to)
    {
        _links.Add(new(new("tracker", from), kind, new("tracker", to)));
        return this;
    }

    /// <summary>Adds hours that a person worked on an item.</summary>
    public HistoryBuilder Hours(string item, string? person, DateTimeOffset at, decimal hours)
    {
        _entries.Add(new(new("tracker", $"{_entries.Count}"), new("tracker", item), person, at, hours));
        return this;
    }

    /// <summary>Adds a team's capacity in a sprint that was added.</summary>
    public HistoryBuilder Capacity(string team, string sprint, IReadOnlyList<TeamMember> members, bool isOwn = true)
    {
        var calendar = Calendar();
        var planned = _sprints.Single(s => s.Id.Id == sprint);
        _capacities.Add(new(planned.Id, team, new(planned.FirstDay(calendar) ?? default, planned.LastDay(calendar) ?? default), members) { IsOwn = isOwn });
        return this;
    }

    /// <summary>Adds a deployment.</summary>
    public HistoryBuilder Deployment(string id, DateTimeOffset? finished, string environment = "production", DeploymentResult result = DeploymentResult.Succeeded, bool isProduction = true)
    {
        _deployments.Add(new()
        {
            Id = new("tracker", id),
            Project = "PRJ",
            Environment = environment,
            IsProduction = isProduction,
            Reason = isProduction ? "its name begins with prod" : "its name does not begin with prod",
            Pipeline = "release",
            Source = DeploymentSource.Environment,
            Result = result,
            FinishedAt = finished,
        });
        return this;
    }

    /// <summary>Tells more of a deployment that was added: its pipeline, revision, run.</summary>
    public HistoryBuilder Of(string id, Func<Deployment, Deployment> told)
    {
        var index = _deployments.FindIndex(d => d.Id.Id == id);
        _deployments[index] = told(_deployments[index]);
        return this;
    }

    /// <summary>Tells what a deployment to production brought.</summary>
    public HistoryBuilder Brought(string id, DeploymentContent content)
    {
        _brought[id] = content;
        return this;
    }

    /// <summary>Adds a finished pipeline run.</summary>
    public HistoryBuilder Run(string id, DateTimeOffset finished, string? branch = "refs/heads/main", DeploymentResult result = DeploymentResult.Succeeded, TestTotals? tests = null, LineCoverage? coverage = null, string pipeline = "build")
    {
        _runs.Add(new(new("tracker", id), pipeline, branch, result, finished, tests, coverage, Url: null));
        return this;
    }

    /// <summary>Adds a satisfaction survey.</summary>
    public HistoryBuilder Response(string id, DateTimeOffset at, int? score)
    {
        _responses.Add(new(new("reported", id), at, score, Survey: null));
        return this;
    }

    /// <summary>Adds what a person said about a risk.</summary>
    public HistoryBuilder Decision(RiskDecision decision)
    {
        _decisions.Add(decision);
        return this;
    }

    /// <summary>The history.</summary>
    public ProjectHistory Build() => new()
    {
        Project = Project,
        Calendar = Calendar(),
        People = new(People, []),
        Capacities = _capacities,
        Items = [.. _items.Select(i => i.BuildScoped()).OrderBy(i => i.Item.Id)],
        Sprints = _sprints.ToDictionary(s => s.Id),
        Milestones = _milestones.ToDictionary(m => m.Id),
        TimeEntries = _entries,
        Links = _links,
        UnresolvedLinks = new HashSet<SourceId>(Unresolved),
        Baselines = Baselines,
        Deployments = [.. _deployments.OrderBy(d => d.FinishedAt).ThenBy(d => d.Id)],
        Delivered =
        [
            .. _deployments.Where(d => d is { IsProduction: true, FinishedAt: not null }).OrderBy(d => d.FinishedAt).ThenBy(d => d.Id)
                .Select(d => _brought.GetValueOrDefault(d.Id.Id, new()).Of(d)),
        ],
        Responses = [.. _responses.OrderBy(r => r.At).ThenBy(r => r.Id)],
        Runs = [.. _runs.OrderBy(r => r.FinishedAt).ThenBy(r => r.Id)],
        RiskDecisions = [.. _decisions.OrderBy(d => d.At)],
    };

    private WorkingCalendar Calendar() =>
        new(Zone, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], Holidays);
}
