using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.History;

public sealed class FoldTests : IDisposable
{
    private readonly StoreFile _file = new();

    private static readonly Fact[] Definitions =
    [
        new StateDefinition("", "", "1", "Open", State.ToDo), new StateDefinition("", "", "2", "Doing", State.InProgress), new StateDefinition("", "", "3", "Closed", State.Done),
        new StateDefinition("PAY", "Bug", null, "Doing", State.ToDo), new TypeDefinition("", "10", "Story", WorkItemKind.Story), new TypeDefinition("PAY", null, "Ticket", WorkItemKind.Incident),
        new FieldRole("", FieldRole.Roles.Points, "cf_all", "Points", 0), new FieldRole("PAY", FieldRole.Roles.Points, "cf_1", "Estimate", 0), new FieldRole("PAY", FieldRole.Roles.Points, "cf_2", "Size", 1),
        new FieldRole("", FieldRole.Roles.Points, "cf_3", "T-shirt", -1),
    ];

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_creation_value_is_the_From_of_the_oldest_change_and_a_field_that_never_changed_always_was_as_it_is()
    {
        var item = await FoldAsync([], Sample.Item("1", 1, (RawFields.Status, "Closed"), (RawFields.Priority, "High")),
            Sample.Delta("1", 2, 5, (RawFields.Status, "Doing", "Closed")), Sample.Delta("1", 1, 2, (RawFields.Status, "Open", "Doing")));

        item.Status.Initial.ShouldBe("Open");
        item.State.Entries.Select(e => (e.At, e.Author, e.From, e.To)).ShouldBe(
            [(Sample.Day(2), "ada", State.ToDo, State.InProgress), (Sample.Day(5), "ada", State.InProgress, State.Done)]);
        (item.Priority.Initial, item.Priority.Entries.Count).ShouldBe(("High", 0));
    }

    [Fact]
    public async Task The_first_revision_gives_the_creation_values_and_a_field_absent_from_a_later_one_has_lost_its_value()
    {
        var item = await FoldAsync([], Sample.Item("1", 3, (RawFields.Status, "Doing")),
            Sample.Revision("1", 1, 0, (RawFields.Status, "Open"), (RawFields.Assignee, "ada")),
            Sample.Revision("1", 2, 1, (RawFields.Status, "Open"), (RawFields.Assignee, "ada")),
            Sample.Revision("1", 3, 2, (RawFields.Status, "Doing")));

        item.Assignee.Initial.ShouldBe("ada");
        item.Assignee.Entries.ShouldBe([new TrackEntry<string?>(Sample.Day(2), "ada", "ada", null)]);
        item.Status.Entries.ShouldHaveSingleItem().To.ShouldBe("Doing");
    }

    [Fact]
    public async Task A_parent_that_is_told_by_links_alone_outlasts_revisions_that_say_nothing_about_it()
    {
        var item = await FoldAsync([], Sample.Item("1", 3, (RawFields.Status, "Doing")),
            Sample.Revision("1", 1, 0, (RawFields.Status, "Open")),
            Sample.Delta("1", 1001, 1, (RawFields.Parent, null, "7")),
            Sample.Revision("1", 2, 2, (RawFields.Status, "Doing")),
            Sample.Delta("1", 1002, 3, (RawFields.Parent, "7", null)),
            Sample.Revision("1", 3, 4, (RawFields.Status, "Doing"), (RawFields.Assignee, "ada")));

        item.Parent.Initial.ShouldBeNull();
        item.Parent.Entries.Select(e => (e.At, e.From, e.To)).ShouldBe([(Sample.Day(1), null, "7"), (Sample.Day(3), "7", null)]);
    }

    [Fact]
    public async Task A_renamed_status_is_called_by_its_new_name_now_and_keeps_in_its_history_what_the_tracker_wrote_then()
    {
        static WorkItemEvent Step(long id, double day, string from, string fromId, string to, string toId) => new()
        {
            ItemId = "1", EventId = id, At = Sample.Day(day), IsSnapshot = false,
            Values = new Dictionary<string, RawChange> { [RawFields.Status] = new(new RawValue(from, fromId), new RawValue(to, toId)) },
        };
        var item = await FoldAsync([new StateDefinition("", "", "2", "Working", State.InProgress), new StateDefinition("", "", "3", "Shipped", State.Done)],
            Sample.Item("1"), Step(1, 1, "Open", "1", "Doing", "2"), Step(2, 2, "Working", "2", "Closed", "3"));

        item.StatusName.ShouldBe("Shipped");
        item.Status.Entries.Select(e => (e.From, e.To)).ShouldBe([("Open", "Doing"), ("Working", "Closed")]);
        item.Status.At(Sample.Day(1.5)).ShouldBe("Doing");
        item.State.Entries.Select(e => e.To).ShouldBe([State.InProgress, State.Done]);
    }

    [Fact]
    public async Task A_status_or_type_that_never_changed_is_called_by_its_name_of_today_and_mapped_by_it()
    {
        var fact = Sample.Item("1");
        var values = new Dictionary<string, RawValue>(fact.Values, StringComparer.Ordinal) { [RawFields.Status] = new("Open", "1"), [RawFields.Type] = new("Story", "10") };
        var renamed = new Fact[] { new StateDefinition("", "", "1", "Fresh", State.ToDo), new TypeDefinition("", "10", "User story", WorkItemKind.Story) };
        var item = await FoldAsync(renamed, fact with { Values = values });

        (item.StatusName, item.Status.Initial, item.SourceType.Current, item.Kind.Current).ShouldBe(("Fresh", "Fresh", "User story", WorkItemKind.Story));
        item.Status.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_to_another_status_of_the_same_name_is_told_and_counts_as_none()
    {
        var item = await FoldAsync([new StateDefinition("", "", "7", "Open", State.ToDo), new StateDefinition("", "", "8", "Open", State.ToDo)], Sample.Item("1"), new WorkItemEvent
        {
            ItemId = "1", EventId = 1, At = Sample.Day(1), Author = "ada", IsSnapshot = false,
            Values = new Dictionary<string, RawChange> { [RawFields.Status] = new(new RawValue("Open", "7"), new RawValue("Open", "8")) },
        });

        item.StatusEntries.ShouldBe([new TrackEntry<string?>(Sample.Day(1), "ada", "Open", "Open")]);
        item.Status.Entries.ShouldBeEmpty();
        item.State.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_status_that_was_renamed_has_not_changed()
    {
        var item = await FoldAsync([], Sample.Item("1"), new WorkItemEvent
        {
            ItemId = "1", EventId = 1, At = Sample.Day(1), IsSnapshot = false,
            Values = new Dictionary<string, RawChange> { [RawFields.Status] = new(new RawValue("To do", "1"), new RawValue("Open", "1")) },
        });

        item.Status.Entries.ShouldBeEmpty();
        item.State.Initial.ShouldBe(State.ToDo);
    }

    [Theory]
    [InlineData("Story", "Doing", null, State.InProgress)]
    [InlineData("Bug", "Doing", null, State.ToDo)]
    [InlineData("Bug", "Closed", null, State.Done)]
    [InlineData("Story", "Closed", "won't do", State.Removed)]
    [InlineData("Story", "Closed", "Done", State.Done)]
    [InlineData("Story", "Doing", "Won't Do", State.InProgress)]
    [InlineData("Story", "Rejected", null, State.Removed)]
    [InlineData("Story", "Cancelled", null, State.Done)]
    [InlineData("Story", "cancelled", "Duplicate", State.Removed)]
    [InlineData("Story", "never defined", null, State.ToDo)]
    public async Task A_state_follows_from_status_type_and_resolution(string type, string status, string? resolution, State expected)
    {
        var mapping = new FieldMapping { States = new Dictionary<string, State> { ["Cancelled"] = State.Done } };
        var item = await FoldAsync([new StateDefinition("", "", null, "Rejected", State.Done)],
            mapping, Sample.Item("1", 1, (RawFields.Type, type), (RawFields.Status, status), (RawFields.Resolution, resolution)));

        item.State.Current.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Story", WorkItemKind.Story)]
    [InlineData("Ticket", WorkItemKind.Incident)]
    [InlineData("Spike", WorkItemKind.Task)]
    [InlineData("Whatever", WorkItemKind.Other)]
    public async Task A_kind_follows_from_the_type(string type, WorkItemKind expected)
    {
        var mapping = new FieldMapping { Types = new Dictionary<string, WorkItemKind> { ["spike"] = WorkItemKind.Task } };

        (await FoldAsync([], mapping, Sample.Item("1", 1, (RawFields.Type, type)))).Kind.Current.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, "cf_1", 3)]
    [InlineData(null, "cf_2", 3)]
    [InlineData(null, "cf_all", null)]
    [InlineData(null, "cf_3", null)]
    [InlineData("t-shirt", "cf_3", 3)]
    [InlineData("cf_3", "cf_3", 3)]
    [InlineData("cf_unknown", "cf_unknown", 3)]
    [InlineData("T-shirt", "cf_1", null)]
    public async Task Points_come_from_the_mapped_field_else_from_those_of_the_project(string? mapped, string field, int? expected)
    {
        var item = await FoldAsync([], new FieldMapping { Points = mapped }, Sample.Item("1", 1, (RawFields.Custom(field), "3")));

        item.Points.Current.ShouldBe(expected);
    }

    [Fact]
    public async Task Blocked_is_the_flag_or_a_status_that_means_it()
    {
        var item = await FoldAsync([], new FieldMapping { Blocked = ["on hold"] }, Sample.Item("1", 1, (RawFields.Status, "Open")),
            Sample.Delta("1", 1, 1, (RawFields.Blocked, null, "true")), Sample.Delta("1", 2, 2, (RawFields.Blocked, "true", null)),
            Sample.Delta("1", 3, 3, (RawFields.Status, "Open", "On Hold")), Sample.Delta("1", 4, 4, (RawFields.Status, "On Hold", "Open")));

        item.Blocked.Entries.Select(e => e.To).ShouldBe([true, false, true, false]);
    }

    [Fact]
    public async Task Waiting_is_a_status_that_means_it_or_being_blocked_and_unknown_where_none_is_configured()
    {
        Fact[] facts =
        [
            Sample.Item("1", 1, (RawFields.Status, "Open")), Sample.Delta("1", 1, 1, (RawFields.Status, "Open", "In Review")), Sample.Delta("1", 2, 2, (RawFields.Status, "In Review", "Open")),
            Sample.Delta("1", 3, 3, (RawFields.Blocked, null, "true")), Sample.Delta("1", 4, 4, (RawFields.Blocked, "true", null)),
        ];
        var waiting = (await FoldAsync([], new FieldMapping { Waiting = ["in review"] }, facts)).Waiting.ShouldNotBeNull();

        waiting.Entries.Select(e => (e.To, e.At.Day)).ShouldBe([(true, Sample.Day(1).Day), (false, Sample.Day(2).Day), (true, Sample.Day(3).Day), (false, Sample.Day(4).Day)]);
        (await FoldAsync([], new FieldMapping(), facts)).Waiting.ShouldBeNull();
    }

    [Fact]
    public async Task A_project_holds_every_item_that_was_ever_in_its_scope_and_knows_when()
    {
        var project = new ProjectDefinition
        {
            Key = "P", Name = "P",
            Sources = [new SourceBinding { Name = "s", Connector = "alpha", Project = "pay", AreaPath = @"Pay\Core", Types = ["story"] }],
        };
        Fact[] facts =
        [
            Sample.Item("1", 1, (RawFields.AreaPath, @"Pay\Core\Api")), Sample.Item("2", 1, (RawFields.AreaPath, @"Pay\CoreOther")), Sample.Item("3", 1, (RawFields.AreaPath, @"Pay\Core"), (RawFields.Type, "Bug")),
            Sample.Item("4", 1, (RawFields.Project, "WEB"), (RawFields.AreaPath, @"pay\core")), Sample.Delta("4", 1, 3, (RawFields.Project, "PAY", "WEB")), Sample.Item("5", 1, (RawFields.Project, "WEB")),
        ];
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [new ScriptedTracker().Page("all", facts).As("alpha")]);
        await engine.SyncAsync();

        var history = await engine.Histories.ReadAsync(project, CancellationToken.None);

        history.Items.Select(i => i.Item.Id.Id).ShouldBe(["1", "4"]);
        (history.Items[1].IsInAt(Sample.Day(2)), history.Items[1].IsInAt(Sample.Day(3))).ShouldBe((true, false));
    }

    [Fact]
    public async Task Sprints_planned_in_days_begin_and_end_at_midnight_of_the_PMOs_zone_and_are_complete_once_past()
    {
        var project = new ProjectDefinition { Key = "P", Name = "P", Sources = [new SourceBinding { Name = "s", Connector = "alpha", Project = "PAY" }] };
        Fact[] facts =
        [
            new SprintFact { Id = "summer", Name = "Over the clock change", FirstDay = new DateOnly(2026, 3, 23), LastDay = new DateOnly(2026, 4, 3) },
            new SprintFact { Id = "past", Name = "Past", FirstDay = new DateOnly(2026, 2, 16), LastDay = new DateOnly(2026, 3, 1) },
            new SprintFact { Id = "undated", Name = "Undated" },
        ];
        await using var engine = await TestEngine.OpenAsync(_file, connectors: [new ScriptedTracker().Page("all", facts).As("alpha")]);
        await engine.SyncAsync();

        var sprints = (await engine.Histories.ReadAsync(project, CancellationToken.None)).Sprints;

        var summer = sprints[new SourceId("alpha", "summer")];
        (summer.Start, summer.End, summer.State).ShouldBe((new(2026, 3, 22, 23, 0, 0, TimeSpan.Zero), new(2026, 4, 3, 22, 0, 0, TimeSpan.Zero), SprintState.Future));
        var past = sprints[new SourceId("alpha", "past")];
        (past.Completed, past.State, past.IsPlannedInDays).ShouldBe((past.End, SprintState.Closed, true));
        sprints[new SourceId("alpha", "undated")].State.ShouldBe(SprintState.Future);
    }

    private Task<ItemHistory> FoldAsync(Fact[] more, params Fact[] facts) => FoldAsync(more, new FieldMapping(), facts);

    private async Task<ItemHistory> FoldAsync(Fact[] more, FieldMapping mapping, params Fact[] facts)
    {
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Mappings = new Dictionary<string, FieldMapping> { ["alpha"] = mapping } };
        await using var engine = await TestEngine.OpenAsync(_file, pmo, [new ScriptedTracker().Page("all", [.. Definitions, .. more, .. facts]).As("alpha")]);
        await engine.SyncAsync();
        await foreach (var item in engine.Histories.StreamAsync("alpha", CancellationToken.None))
            return item;
        throw new InvalidOperationException("No item is stored.");
    }
}
