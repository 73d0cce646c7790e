using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>Two small trackers that hold one of everything: "alpha" tells changes, "beta" whole revisions.</summary>
internal static class SampleWorld
{
    public static PmoDefinition Pmo { get; } = new()
    {
        Calendar = TestEngine.Calendar,
        Projects = new Dictionary<string, ProjectDefinition>
        {
            ["PAYMENTS"] = new()
            {
                Key = "PAYMENTS",
                Name = "Payments",
                Sources =
                [
                    new SourceBinding { Name = "a", Connector = "alpha", Project = "PAY" },
                    new SourceBinding { Name = "b", Connector = "beta", Project = "Payments", AreaPath = @"Payments\Core" },
                ],
                Plan = new PlanDefinition { Milestones = new Dictionary<string, DateOnly> { ["Iteration 2"] = new(2026, 2, 28) } },
                Deployments = new DeploymentRules { Pipelines = ["Nightly"] },
            },
            ["WEB"] = new()
            {
                Key = "WEB",
                Name = "Web",
                Sources = [new SourceBinding { Name = "a", Connector = "alpha", Project = "WEB" }],
                Deployments = new DeploymentRules { Versions = true },
            },
        },
        People = new Dictionary<string, PersonDefinition> { ["ada"] = new("ada", [new SourceId("alpha", "a-1")], "Developer", 6) },
        BaseAddresses = new Dictionary<string, Uri> { ["alpha"] = new("https://alpha.example/"), ["beta"] = new("https://beta.example/org") },
    };

    public static Fact[] Alpha { get; } =
    [
        new StateDefinition("", "", null, "Open", State.ToDo), new StateDefinition("", "", null, "Doing", State.InProgress), new StateDefinition("", "", null, "Closed", State.Done),
        new TypeDefinition("", null, "Story", WorkItemKind.Story), new TypeDefinition("", null, "Epic", WorkItemKind.Epic),
        new FieldRole("PAY", FieldRole.Roles.Points, "cf_1", "Story Points", 0), new FieldRole("", FieldRole.Roles.Finish, "due", "Due date", 0),
        new PersonFact("a-1", "Ada L.", "ada@example.com"), new PersonFact("a-2", "Bob", null),
        new SprintFact { Id = "37", Name = "Sprint 1", BoardOrTeam = "PAY board", State = SprintState.Closed, Start = Sample.Day(0), End = Sample.Day(14), Completed = Sample.Day(14.5) },
        new SprintFact { Id = "38", Name = "Sprint 2", Goal = " ", State = SprintState.Active, Start = Sample.Day(15), End = Sample.Day(29) },
        new MilestoneFact("900", "WEB", "1.0", new DateOnly(2026, 1, 5), new DateOnly(2026, 2, 1), Released: true, new DateOnly(2026, 2, 3)),
        new WorkItemFact
        {
            Id = "10001", Version = 9, Key = "PAY-1", Url = "https://alpha.example/browse/PAY-1", Title = "=SUM(A1), \"paid\"", Created = Sample.Day(0), Updated = Sample.Day(20.123456789), Reporter = "a-2",
            Values = Sample.Values(
                (RawFields.Project, "PAY"), (RawFields.Type, "Story"), (RawFields.Status, "Closed"), (RawFields.Assignee, "a-1"), (RawFields.Custom("cf_1"), "5"), (RawFields.Sprints, "37\n38"),
                (RawFields.Parent, "10002"), (RawFields.Labels, "a\nb"), (RawFields.Custom("due"), "2026-02-01"), (RawFields.SpentHours, "3.5"), (RawFields.Priority, "High")),
        },
        Sample.Delta("10001", 1, 1, (RawFields.Status, "Open", "Doing"), (RawFields.Assignee, null, "a-1")),
        Sample.Delta("10001", 2, 2, (RawFields.Custom("cf_1"), "3", "5"), (RawFields.Labels, null, "a\nb")),
        Sample.Delta("10001", 3, 14.5, (RawFields.Sprints, "37", "37\n38")),
        Sample.Delta("10001", 4, 20, (RawFields.Status, "Doing", "Closed")),
        Sample.Item("10002", 1, (RawFields.Type, "Epic")),
        Sample.Item("10003", 2, (RawFields.Project, "WEB"), (RawFields.Status, "Closed"), (RawFields.Resolution, "Won't Do")),
        Sample.Delta("10003", 5, 3, (RawFields.Status, "Open", "Closed"), (RawFields.Resolution, null, "Won't Do"), (RawFields.Project, "PAY", "WEB")),
        Sample.Item("10004", 3, (RawFields.Deleted, "true")),
        Sample.Delta("10004", 6, 4, (RawFields.Deleted, null, "true")),
        new LinkSet("10001", "issue", [new LinkEnd("l-1", LinkKind.Blocks, IsOutward: true, "10003", null), new LinkEnd("l-2", LinkKind.Relates, IsOutward: true, "10004", null)]),
        new LinkSet("10003", "issue", [new LinkEnd("l-1", LinkKind.Blocks, IsOutward: false, "10001", null)]),
        new LinkSet("10001", "remote", [new LinkEnd("r-1", LinkKind.Relates, true, null, "https://beta.example/org/Payments/_items/edit/7?x=1"), new LinkEnd("r-2", LinkKind.Relates, true, null, "https://elsewhere.example/7")]),
        new TimeEntryFact("500", 1, "10001", "a-1", Sample.Day(1.65), 3.50m), new TimeEntryFact("501", 1, "10004", "a-1", Sample.Day(1), 1m),
    ];

    public static Fact[] Beta { get; } =
    [
        new StateDefinition("Payments", "Task", null, "Doing", State.InProgress), new StateDefinition("Payments", "Task", null, "New", State.ToDo),
        new TypeDefinition("Payments", null, "Task", WorkItemKind.Subtask),
        new PersonFact("ada@example.com", "Ada Lovelace", "ADA@example.com"), new PersonFact("cy@example.com", "Cy", "cy@example.com"),
        new SprintFact { Id = "it-1", Project = "Payments", Name = "Iteration 1", BoardOrTeam = "Core, Web", FirstDay = new DateOnly(2026, 1, 5), LastDay = new DateOnly(2026, 1, 18) },
        new SprintFact { Id = "it-2", Project = "Payments", Name = "Iteration 2", FirstDay = new DateOnly(2026, 3, 2), LastDay = new DateOnly(2026, 3, 29), IsSelected = false },
        new SprintFact { Id = "it-3", Project = "Payments", Name = "Somewhen", IsSelected = false },
        Beta7(3, Sample.Day(9), "Doing", "it-2", "4.5"),
        Revision7(1, 0, "New", "it-1", "1"), Revision7(2, 8, "Doing", "it-1", "4.5"), Revision7(3, 9, "Doing", "it-2", "4.5"),
        new LinkSet("7", "relations", [new LinkEnd("h-1", LinkKind.Relates, true, null, "https://alpha.example/browse/pay-1")]),
        new CapacitySet("Payments", "Core", "it-1", [new CapacityRow("cy@example.com", 6.50m, [new DateOnly(2026, 1, 7), new DateOnly(2026, 1, 6)]), new CapacityRow("ada@example.com", 4, [])]),
        new RunFact("88", "Payments", "Nightly", DeploymentResult.Succeeded, Sample.Day(5), Sample.Day(5.01), "abc123", "https://beta.example/org/run/88"),
        new RunFact("89", "Payments", "Nightly", DeploymentResult.Failed, Sample.Day(6), Sample.Day(6.01), "def456", null),
        new RunFact("90", "Payments", "Other", DeploymentResult.Failed, Sample.Day(6), Sample.Day(6.01), "fff", null),
        Deployed("environment/1/88/Production", 2, "Production", "88", DeploymentResult.Succeeded), Deployed("environment/2/88/Test", 1, "Test", "88", DeploymentResult.Partial),
    ];

    public static IReadOnlyList<ConnectorInstance> Connectors(IEnumerable<Fact[]> alphaPages, IEnumerable<Fact[]> betaPages)
    {
        var (alpha, beta) = (new ScriptedTracker(), new ScriptedTracker());
        foreach (var page in alphaPages)
            alpha.Page("all", page);
        foreach (var page in betaPages)
            beta.Page("all", page);
        return [alpha.As("alpha"), beta.As("beta")];
    }

    private static WorkItemFact Beta7(long version, DateTimeOffset updated, string status, string sprint, string done) => new()
    {
        Id = "7", Version = version, Key = "7", Url = "https://beta.example/org/Payments/_items/edit/7", Title = "Über-Aufgabe", Created = Sample.Day(0), Updated = updated, Reporter = "cy@example.com",
        Values = Sample.Values(Values7(status, sprint, done)),
    };

    private static WorkItemEvent Revision7(long revision, double day, string status, string sprint, string done) => Sample.Revision("7", revision, day, Values7(status, sprint, done));

    private static (string Field, string? Value)[] Values7(string status, string sprint, string done) =>
    [
        (RawFields.Project, "Payments"), (RawFields.Type, "Task"), (RawFields.Status, status), (RawFields.Sprints, sprint), (RawFields.AreaPath, @"Payments\Core\Api"), (RawFields.CompletedWork, done),
    ];

    private static DeploymentFact Deployed(string id, long version, string environment, string run, DeploymentResult result) => new()
    {
        Id = id, Version = version, Project = "Payments", Environment = environment, Pipeline = "Deploy", Source = DeploymentSource.Environment, Result = result,
        StartedAt = Sample.Day(5), FinishedAt = Sample.Day(5.02), RunId = run,
    };
}
