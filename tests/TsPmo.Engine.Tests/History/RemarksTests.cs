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

    private async Task<ProjectHistory> ReadAsync(FieldMapping mapping)
    {
        var tracker = new ScriptedTracker();
        tracker.Page("all",
            Sample.Item("1"),
            Sample.Item("2", 1, (RawFields.Status, "Weird")),
            new StateDefinition("", "", null, "Open", State.ToDo), new TypeDefinition("", null, "Story", WorkItemKind.Story),
            new FieldRole("PAY", FieldRole.Roles.Points, "cf_1", "Size", FieldRole.Ambiguous), new FieldRole("PAY", FieldRole.Roles.Points, "cf_2", "Size", FieldRole.Ambiguous));
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
