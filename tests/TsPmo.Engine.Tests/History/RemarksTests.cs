using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.DataQuality;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.History;

public sealed class RemarksTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Statuses_that_nothing_defines_and_fields_between_which_nothing_decides_are_remarked()
    {
        var history = await ReadAsync(new());

        history.Remarks["alpha"].UnmappedStatuses.ShouldBe(["Weird"]);
        history.Remarks["alpha"].AmbiguousFields.ShouldBe([new AmbiguousField("PAY", FieldRole.Roles.Points, "Size")]);
        var names = history.DataQuality.At(Sample.Day(1)).Findings.Select(f => (f.Finding.Name, f.Finding.AffectedShare)).ToList();
        names.ShouldContain(("UnmappedStates", 0.5m));
        names.ShouldContain(("AmbiguousEstimates", 1m));
    }

    [Fact]
    public async Task What_the_administrator_mapped_is_no_longer_remarked()
    {
        var mapping = new FieldMapping { Points = "cf_2", States = new Dictionary<string, State> { ["Weird"] = State.InProgress } };

        var history = await ReadAsync(mapping);

        history.Remarks["alpha"].UnmappedStatuses.ShouldBeEmpty();
        history.Remarks["alpha"].AmbiguousFields.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_several_fields_bear_maps_none_of_them_and_is_remarked()
    {
        var history = await ReadAsync(new() { Points = "size" });

        history.Remarks["alpha"].AmbiguousFields.ShouldBe([new AmbiguousField("PAY", FieldRole.Roles.Points, "Size")]);
        history.Items.Select(i => i.Item.Points.Current).ShouldAllBe(p => p == null);
    }

    [Fact]
    public async Task Of_several_fields_that_a_mapping_names_the_one_that_the_project_itself_uses_counts()
    {
        var history = await ReadAsync(new() { Points = "Size" }, rankOfSecond: 0);

        history.Remarks["alpha"].AmbiguousFields.ShouldBeEmpty();
        history.Items.Select(i => i.Item.Points.Current).ShouldBe([8m, null]);
    }

    [Fact]
    public async Task A_link_that_leads_to_no_stored_item_of_a_tracker_is_unresolved_and_an_address_elsewhere_is_none()
    {
        await using var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors([SampleWorld.Alpha, Lost], [SampleWorld.Beta]));
        await engine.SyncAsync();

        var history = await engine.Histories.ReadAsync(SampleWorld.Pmo.Projects["PAYMENTS"], CancellationToken.None);

        history.UnresolvedLinks.ShouldBe([new SourceId("alpha", "20001")]);
    }

    /// <summary>One item links with a page of another kind, an item of another project and one that nobody has; another with pages elsewhere only.</summary>
    private static Fact[] Lost { get; } =
    [
        Sample.Item("20001"), Sample.Item("20002"),
        new LinkSet("20001", "remote",
        [
            new LinkEnd("x-1", LinkKind.Relates, true, null, "https://alpha.example/wiki/pages/77"),
            new LinkEnd("x-2", LinkKind.Relates, true, null, "https://alpha.example/browse/PAY-999"),
        ]),
        new LinkSet("20002", "remote", [new LinkEnd("y-1", LinkKind.Relates, true, null, "https://elsewhere.example/browse/PAY-1"), new LinkEnd("y-2", LinkKind.Relates, true, null, "https://alpha.example/wiki/pages/78")]),
        new LinkSet("20002", "issue", [new LinkEnd("y-3", LinkKind.Blocks, IsOutward: true, "10003", null)]),
    ];

    private async Task<ProjectHistory> ReadAsync(FieldMapping mapping, int rankOfSecond = FieldRole.Ambiguous)
    {
        var tracker = new ScriptedTracker();
        tracker.Page("all",
            Sample.Item("1", 1, (RawFields.Custom("cf_1"), "5"), (RawFields.Custom("cf_2"), "8")),
            Sample.Item("2", 1, (RawFields.Status, "Weird")),
            new StateDefinition("", "", null, "Open", State.ToDo), new TypeDefinition("", null, "Story", WorkItemKind.Story),
            new FieldRole("PAY", FieldRole.Roles.Points, "cf_1", "Size", FieldRole.Ambiguous), new FieldRole("PAY", FieldRole.Roles.Points, "cf_2", "Size", rankOfSecond));
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments", Sources = [new SourceBinding { Name = "a", Connector = "alpha", Project = "PAY" }] };
        var pmo = new PmoDefinition
        {
            Calendar = TestEngine.Calendar,
            Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project },
            Mappings = new Dictionary<string, FieldMapping> { ["alpha"] = mapping },
        };
        await using var engine = await TestEngine.OpenAsync(_file, pmo, [tracker.As("alpha")]);
        await engine.SyncAsync(ReadDepth.Everything);
        return await engine.Histories.ReadAsync(project, CancellationToken.None);
    }
}
