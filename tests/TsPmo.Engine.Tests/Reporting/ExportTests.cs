using System.Text;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Testing.Snapshots;

namespace TsPmo.Engine.Tests.Reporting;

public sealed class ExportTests : IDisposable
{
    private readonly StoreFile _file = new();

    public static TheoryData<string> Kinds =>
        ["work-items", "changes", "sprints", "milestones", "deployments", "people", "time-entries", "capacities", "links", "metrics", "risks", "publications"];

    public void Dispose() => _file.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public async Task Rows_are_what_was_approved(string kind)
    {
        await using var engine = await OpenAsync([SampleWorld.Alpha], [SampleWorld.Beta]);

        (await ExportAsync(engine, new ExportRequest { Kind = kind })).ShouldBeApproved(kind);
    }

    [Theory]
    [InlineData("work-items")]
    [InlineData("changes")]
    [InlineData("time-entries")]
    public async Task An_earlier_instant_shows_what_was_true_then(string kind)
    {
        await using var engine = await OpenAsync([SampleWorld.Alpha], [SampleWorld.Beta]);

        (await ExportAsync(engine, new ExportRequest { Kind = kind, AsOf = Sample.Day(3) })).ShouldBeApproved($"{kind}-as-of");
    }

    [Theory]
    [InlineData("work-items")]
    [InlineData("sprints")]
    [InlineData("deployments")]
    [InlineData("links")]
    [InlineData("people")]
    public async Task A_project_shows_what_is_its_own(string kind)
    {
        await using var engine = await OpenAsync([SampleWorld.Alpha], [SampleWorld.Beta]);

        (await ExportAsync(engine, new ExportRequest { Kind = kind, Projects = ["web"] })).ShouldBeApproved($"{kind}-of-web");
    }

    [Fact]
    public async Task A_table_neutralises_what_a_spreadsheet_would_take_for_a_formula()
    {
        await using var engine = await OpenAsync(
            [[.. new[] { "=1+1", "+1", "-1", "@x", "\t=1", "plain; \"quoted\", text" }.Select((title, i) => Sample.Item($"{i}") with { Title = title })]], [[]]);

        var lines = (await ExportAsync(engine, new ExportRequest { Kind = "work-items", Format = ExportFormat.Csv })).Split("\r\n");

        lines[0].ShouldStartWith("connector,id,key,url,project,portfolioProjects,");
        foreach (var line in lines[1..6])
            line.Count(c => c == '\'').ShouldBe(1, line);
        lines[6].ShouldContain("\"plain; \"\"quoted\"\", text\"");
    }

    [Fact]
    public async Task A_table_has_the_same_columns_and_joins_lists()
    {
        await using var engine = await OpenAsync([SampleWorld.Alpha], [SampleWorld.Beta]);

        (await ExportAsync(engine, new ExportRequest { Kind = "work-items", Format = ExportFormat.Csv })).ShouldBeApproved("table");
    }

    [Fact]
    public async Task An_unknown_kind_or_project_is_named_and_nothing_is_written()
    {
        await using var engine = await OpenAsync([[]], [[]]);
        var output = new MemoryStream();

        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "items" }, output, CancellationToken.None))!.Remedy.ShouldContain("work-items");
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "links", Projects = ["NOPE"] }, output, CancellationToken.None))!.Code.ShouldBe("project-unknown");
        output.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Any_order_and_repetition_of_pages_gives_the_same_bytes()
    {
        var expected = await AllAsync([SampleWorld.Alpha], [SampleWorld.Beta]);
        for (var seed = 1; seed <= 12; seed++)
        {
            var alpha = Shuffled(Older().Concat(SampleWorld.Alpha), seed);
            var beta = Shuffled(SampleWorld.Beta, seed * 31);

            (await AllAsync(Paged(alpha, seed), Paged(beta, seed))).ShouldBe(expected, $"seed {seed}");
        }

        // An older version of an item may come late; it must not win.
        static IEnumerable<Fact> Older() => SampleWorld.Alpha.OfType<WorkItemFact>()
            .Select(i => i with { Version = 0, Title = "before", Values = Sample.Values((RawFields.Project, "PAY"), (RawFields.Status, "Open")) });
    }

    private static IEnumerable<Fact[]> Paged(List<Fact> facts, int seed) => facts.Chunk(1 + (seed % 5));

    /// <summary>The facts in a drawn order, a third of them twice; definitions included.</summary>
    private static List<Fact> Shuffled(IEnumerable<Fact> facts, int seed)
    {
        var state = (ulong)seed * 0x9E3779B97F4A7C15;
        var drawn = facts.SelectMany((f, i) => (i + seed) % 3 == 0 ? [f, f] : new[] { f }).Select(f => (Fact: f, Place: Next())).OrderBy(f => f.Place).Select(f => f.Fact);
        return [.. drawn];

        ulong Next()
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state;
        }
    }

    private static async Task<string> AllAsync(IEnumerable<Fact[]> alpha, IEnumerable<Fact[]> beta)
    {
        using var file = new StoreFile();
        await using var engine = await TestEngine.OpenAsync(file, SampleWorld.Pmo, SampleWorld.Connectors(alpha, beta));
        await engine.SyncAsync();
        var all = new StringBuilder();
        foreach (var kind in engine.Get<IExports>().Kinds)
            all.AppendLine(kind).Append(await ExportAsync(engine, new ExportRequest { Kind = kind }));
        return all.ToString();
    }

    private static async Task<string> ExportAsync(TestEngine engine, ExportRequest request)
    {
        var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(request, output, CancellationToken.None)).ShouldBeNull();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task<TestEngine> OpenAsync(IEnumerable<Fact[]> alpha, IEnumerable<Fact[]> beta)
    {
        var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors(alpha, beta));
        await engine.SyncAsync();
        return engine;
    }
}
