using System.Text;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Tests.Reporting;

public sealed class HiddenPersonsTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Readers_get_the_projects_figures_without_those_about_persons()
    {
        await using var engine = await MeasuredAsync();

        var (all, _) = await ExportAsync(engine, "metrics", hides: false);
        var (shown, problem) = await ExportAsync(engine, "metrics", hides: true);

        problem.ShouldBeNull();
        all.ShouldContain("\"ada\"");
        shown.ShouldNotContain("ada");
        shown.ShouldContain("test.load");
    }

    [Theory]
    [InlineData("time-entries")]
    [InlineData("capacities")]
    public async Task Kinds_made_of_figures_about_persons_are_refused_to_readers(string kind)
    {
        await using var engine = await MeasuredAsync();

        (await ExportAsync(engine, kind, hides: true)).Problem.ShouldNotBeNull().Code.ShouldBe("persons-hidden");
        (await ExportAsync(engine, kind, hides: false)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Readers_are_explained_the_projects_figure_and_not_a_persons()
    {
        await using var engine = await MeasuredAsync();
        var query = engine.Get<ExplainQuery>();

        (await query.ExplainAsync(new("PAYMENTS", "test.load", "ada") { HidesPersons = true }, CancellationToken.None)).Problem.ShouldNotBeNull().Code.ShouldBe("persons-hidden");
        (await query.ExplainAsync(new("PAYMENTS", "test.load") { HidesPersons = true }, CancellationToken.None)).Explanation.ShouldNotBeNull();
        (await query.ExplainAsync(new("PAYMENTS", "test.load", "ada"), CancellationToken.None)).Explanation.ShouldNotBeNull();
    }

    [Fact]
    public async Task Nor_is_a_persons_figure_over_the_projects_of_a_portfolio()
    {
        await using var engine = await MeasuredAsync();
        var query = engine.Get<ExplainQuery>();

        (await query.ExplainAsync(new("portfolio:ALL", "test.shared", "ada") { HidesPersons = true }, CancellationToken.None)).Problem.ShouldNotBeNull().Code.ShouldBe("persons-hidden");
        (await query.ExplainAsync(new("portfolio:ALL", "test.shared") { HidesPersons = true }, CancellationToken.None)).Explanation.ShouldNotBeNull();
        (await ExportAsync(engine, "metrics", hides: true)).Text.ShouldNotContain("ada");
        (await ExportAsync(engine, "metrics", hides: false)).Text.ShouldContain("\"project\":\"portfolio:ALL\",\"metric\":\"test.shared\",\"subject\":\"ada\"");
    }

    private static async Task<(string Text, Problem? Problem)> ExportAsync(TestEngine engine, string kind, bool hides)
    {
        using var output = new MemoryStream();
        var problem = await engine.Get<IExports>().WriteAsync(new() { Kind = kind, HidesPersons = hides }, output, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), problem);
    }

    private async Task<TestEngine> MeasuredAsync()
    {
        var project = new ProjectDefinition { Key = "PAYMENTS", Name = "Payments" };
        var pmo = new PmoDefinition { Calendar = TestEngine.Calendar, Projects = new Dictionary<string, ProjectDefinition> { [project.Key] = project }, Portfolios = new Dictionary<string, PortfolioDefinition> { ["ALL"] = new("ALL", "All", [project.Key]) } };
        var engine = await TestEngine.OpenAsync(_file, pmo, metrics: [new Load()], portfolios: [new Shared()]);
        await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None);
        return engine;
    }

    private sealed class Load : IMetric
    {
        private static readonly Figure Figure = new(new("test.load", "load", "hours") { IsPersonal = true }, "m");

        public IReadOnlyList<MetricDefinition> Definitions { get; } = [Figure.Metric];

        public IEnumerable<MetricResult> Measure(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants) =>
            instants.SelectMany(asOf => new[] { Figure.Known(asOf, 8, 1), Figure.Known(asOf, 5, 1) with { Subject = "ada" } });
    }

    private sealed class Shared : IPortfolioMetric
    {
        private static readonly Figure Figure = new(new("test.shared", "load over the projects", "hours") { IsPersonal = true }, "m");

        public IReadOnlyList<MetricDefinition> Definitions { get; } = [Figure.Metric];

        public IEnumerable<MetricResult> Measure(PortfolioResults portfolio) => [Figure.Known(portfolio.AsOf, 8, 1), Figure.Known(portfolio.AsOf, 5, 1) with { Subject = "ada" }];
    }
}
