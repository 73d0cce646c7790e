using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>Where one team's history happens: its tracker, its people, its dice, and the acts they have in common.</summary>
internal sealed class Stage(ProjectSetup project, StreamSetup setup, TypeSet types, RecordedTracker tracker, Director director, WorkCalendar calendar, RandomSequence random)
{
    private readonly Dictionary<string, List<LiveItem>> _children = new(StringComparer.Ordinal);

    public ProjectSetup Project => project;

    public StreamSetup Setup => setup;

    public TypeSet Types => types;

    public RecordedTracker Tracker => tracker;

    public Director Director => director;

    public WorkCalendar Calendar => calendar;

    public RandomSequence Random => random;

    public bool IsJira => setup.Tracker != TrackerKind.AzureDevOps;

    public required DateOnly Start { get; init; }

    /// <summary>The last day of work: the day before today, or of the close.</summary>
    public required DateOnly LastDay { get; init; }

    public required DateOnly PlanFinish { get; init; }

    public required IReadOnlyList<string> Team { get; init; }

    public required string Owner { get; init; }

    /// <summary>First day of the first sprint; the plan is frozen as it begins.</summary>
    public DateOnly FirstSprint => Start.AddDays(14);

    public required StreamSizes Sizes { get; init; }

    /// <summary>The teams of the same PMO project elsewhere.</summary>
    public List<Stage> Siblings { get; } = [];

    /// <summary>A team in the same tracker with the same types, to whom a stray item may move.</summary>
    public Stage? Neighbour { get; set; }

    public required ItemAddresses Addresses { get; init; }

    /// <summary>The item that the project's status hangs on.</summary>
    public LiveItem? Anchor { get; set; }

    public List<LiveItem> Epics { get; } = [];

    public List<LiveItem> Features { get; } = [];

    public List<LiveItem> Risks { get; } = [];

    /// <summary>Everything of the level that flows: stories, tasks, bugs, incidents.</summary>
    public List<LiveItem> Leaves { get; } = [];

    public Backlog Backlog { get; } = new(random);

    public SprintBoard Board { get; } = new();

    public bool IsClosed { get; set; }

    public DateOnly Day => calendar.DayOf(director.Now);

    public string Somebody() => random.Pick(Team);

    public IReadOnlyList<LiveItem> ChildrenOf(LiveItem item) => _children.TryGetValue(item.Id, out var children) ? children : [];

    public LiveItem Create(string author, ItemSpec spec)
    {
        var created = tracker.CreateItem(director.Stamp(), author, spec with { Reporter = author, Team = setup.Team });
        var item = tracker.Live[created.Id];
        if (spec.Parent is { } parent)
        {
            if (!_children.TryGetValue(parent, out var children)) _children[parent] = children = [];
            children.Add(item);
        }

        return item;
    }

    public void Edit(string author, LiveItem item, params IReadOnlyList<ItemEdit> edits) => tracker.ChangeItem(director.Stamp(), author, item.Id, edits);

    /// <summary>Moves an item to a status, with what people and trackers change along with it.</summary>
    public void Move(string author, LiveItem item, string status, params IReadOnlyList<ItemEdit> more)
    {
        var edits = new List<ItemEdit> { new(ItemField.Status, status) };
        edits.AddRange(more);
        var done = item.Type.Workflow.First(s => s.Name == status).State == TruthState.Done;
        if (IsJira) edits.Add(new(ItemField.Resolution, done ? item.Type.Kind == "Bug" ? "Fixed" : "Done" : null));
        if (done && item.Spec.RemainingHours > 0) edits.Add(new(ItemField.RemainingHours, 0.0));
        if (done && item.Spec.Blocked) edits.Add(new(ItemField.Blocked, false));
        Edit(author, item, edits);
    }

    /// <summary>Drops an item for good, in the tracker's own way.</summary>
    public void Drop(string author, LiveItem item)
    {
        if (IsJira)
        {
            Edit(author, item, new(ItemField.Status, item.Type.First(TruthState.Done)), new(ItemField.Resolution, random.Pick<string>(["Won't Do", "Duplicate", "Cannot Reproduce"])));
            return;
        }

        Edit(author, item, new ItemEdit(ItemField.Status, item.Type.Removed() ?? item.Type.First(TruthState.Done)));
    }
}

/// <summary>How many items of each part a stream has over its whole history, and how long a story takes.</summary>
internal sealed record StreamSizes(int Epics, int Features, int Stories, int Subtasks, int Bugs, int Incidents, int Risks, int Members, double StoryDays)
{
    public static StreamSizes Of(int items, TypeSet types, ProjectSetup project, int workdays)
    {
        int Part(double share, TypeSpec? type = null) => Math.Max(1, (int)Math.Round(items * share)) * (type is null ? 0 : 1);
        var (epics, features) = (Math.Max(2, Part(0.03, types.Epic)), Part(0.04, types.Feature));
        var (subtasks, bugs) = (Part(0.33, types.Subtask), Part(0.15, types.Story));
        var (incidents, risks) = (Part(project.Methodology == "Kanban" ? 0.08 : 0.03, types.Story), Part(0.02, types.Risk));
        var stories = Math.Max(4, items - epics - features - subtasks - bugs - incidents - risks);
        var members = Math.Clamp(stories / 36, 3, 60);
        var load = (project.Delivered * stories) + (0.5 * bugs) + (0.4 * incidents);
        return new StreamSizes(epics, features, stories, subtasks, bugs, incidents, risks, members, members * workdays * 1.03 / load);
    }
}
