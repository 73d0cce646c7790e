using System.Globalization;
using TsPmo.Engine.Storage;
using TsPmo.Model.Calendar;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Benchmarks;

/// <summary>A portfolio whose projects are all alike and large, put into the store as a tracker would have told it: a year and a half of stories in sprints of two weeks.</summary>
/// <param name="Projects">How many projects.</param>
/// <param name="Items">Items in each.</param>
internal sealed record ScalePortfolio(int Projects, int Items)
{
    /// <summary>Changes of each item.</summary>
    public const int ChangesPerItem = 10;

    private const string Connector = "bench";
    private const int Page = 1_000;
    private const int Days = 540;
    private static readonly DateTimeOffset Start = new(2025, 1, 6, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The instant at which it is measured: two thirds of the work is done.</summary>
    public DateTimeOffset AsOf { get; } = Start.AddDays(Days * 2 / 3);

    /// <summary>What is configured for it.</summary>
    public PmoDefinition Definition { get; } = new()
    {
        Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"), [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], [new(2025, 12, 25)]),
        Projects = Enumerable.Range(0, Projects).Select(Project).ToDictionary(p => p.Key, StringComparer.Ordinal),
        Portfolios = new Dictionary<string, PortfolioDefinition> { ["ALL"] = new("ALL", "All", [.. Enumerable.Range(0, Projects).Select(Key)]) },
    };

    /// <summary>Stores one project.</summary>
    public async Task StoreAsync(IFactStore store, int project, CancellationToken cancellation)
    {
        var stream = $"items-{project}";
        var version = 0L;
        foreach (var items in Enumerable.Range(0, Items).Chunk(Page))
        {
            Fact[] facts = [.. version == 0 ? Vocabulary(project) : [], .. items.SelectMany(i => Facts(project, i))];
            var result = await store.CommitAsync(new() { Connector = Connector, Stream = stream, ExpectedVersion = version, Cursor = $"{items[^1]}", Facts = facts }, cancellation);
            if (result.Problem is { } problem)
                throw new InvalidOperationException(problem.Message);
            version++;
        }
    }

    private static string Key(int project) => string.Create(CultureInfo.InvariantCulture, $"P{project:000}");

    private static ProjectDefinition Project(int project) => new()
    {
        Key = Key(project),
        Name = $"Project {project}",
        Methodology = (Methodology)(project % 4),
        Sources = [new SourceBinding { Name = "all", Connector = Connector, Project = Key(project) }],
        Plan = new() { Start = DateOnly.FromDateTime(Start.Date), Finish = DateOnly.FromDateTime(Start.Date).AddDays(Days), BaselineAt = Start.AddDays(7), CostOfDelayPerWeek = 1_000 + project, Currency = "CHF", Budget = 1_000_000 },
    };

    private static IEnumerable<Fact> Vocabulary(int project)
    {
        yield return new StateDefinition("", "", null, "Open", State.ToDo);
        yield return new StateDefinition("", "", null, "Doing", State.InProgress);
        yield return new StateDefinition("", "", null, "Review", State.InProgress);
        yield return new StateDefinition("", "", null, "Closed", State.Done);
        yield return new TypeDefinition("", null, "Story", WorkItemKind.Story);
        yield return new TypeDefinition("", null, "Bug", WorkItemKind.Bug);
        yield return new TypeDefinition("", null, "Task", WorkItemKind.Subtask);
        yield return new FieldRole(Key(project), FieldRole.Roles.Points, "points", "Points", 0);
        yield return new FieldRole("", FieldRole.Roles.Finish, "due", "Due", 0);
        for (var sprint = 0; sprint < Days / 14; sprint++)
        {
            yield return new SprintFact
            {
                Id = Sprint(project, sprint), Name = $"Sprint {sprint}", BoardOrTeam = Key(project), State = SprintState.Closed,
                Start = Start.AddDays(14 * sprint), End = Start.AddDays(14 * sprint + 11), Completed = Start.AddDays(14 * sprint + 11.5),
            };
        }
    }

    private static string Sprint(int project, int sprint) => string.Create(CultureInfo.InvariantCulture, $"{project}-{sprint}");

    /// <summary>An item with its ten changes, spread over the project's time.</summary>
    private IEnumerable<Fact> Facts(int project, int index)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{project:000}{index:000000}");
        var begin = Days * 0.95 * index / Items;
        var sprint = Sprint(project, Math.Min((int)(begin / 14), Days / 14 - 1));
        var due = DateOnly.FromDateTime(Start.Date).AddDays((int)begin + 14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (double Day, string Field, string? From, string? To)[] changes =
        [
            (-1, RawFields.Custom("points"), null, "3"), (-0.9, RawFields.Sprints, null, sprint), (-0.5, RawFields.Assignee, null, $"person-{index % 40}"), (0, RawFields.Status, "Open", "Doing"),
            (0.2, RawFields.Custom("points"), "3", $"{1 + index % 8}"), (1, RawFields.Labels, null, "a"), (2 + index % 5, RawFields.Status, "Doing", "Review"), (3 + index % 5, RawFields.Status, "Review", "Doing"),
            (4 + index % 7, RawFields.Priority, "Low", "High"), (5 + index % 9, RawFields.Status, "Doing", "Closed"),
        ];
        var (asOf, told) = (changes.Where(c => Start.AddDays(begin + c.Day) <= AsOf).ToArray(), Start.AddDays(-30));
        var values = new Dictionary<string, RawValue>(StringComparer.Ordinal)
        {
            [RawFields.Project] = new(Key(project)), [RawFields.Type] = new(index % 10 == 9 ? "Bug" : "Story"), [RawFields.Status] = new("Open"), [RawFields.Priority] = new("Low"), [RawFields.Custom("due")] = new(due),
        };
        foreach (var change in asOf)
            values[change.Field] = new(change.To);
        yield return new WorkItemFact
        {
            Id = id, Version = 1, Key = $"{Key(project)}-{index}", Url = $"https://tracker.example/browse/{Key(project)}-{index}", Title = $"Item {index} of a project that is large",
            Created = told, Updated = asOf.Length == 0 ? told : Start.AddDays(begin + asOf[^1].Day), Reporter = "rea", Values = values,
        };
        for (var i = 0; i < asOf.Length; i++)
        {
            var (day, field, from, to) = asOf[i];
            yield return new WorkItemEvent
            {
                ItemId = id, EventId = (long)index * ChangesPerItem + i + 1, At = Start.AddDays(begin + day), Author = $"person-{index % 40}", IsSnapshot = false,
                Values = new Dictionary<string, RawChange>(StringComparer.Ordinal) { [field] = new(new(from), new(to)) },
            };
        }
    }
}
