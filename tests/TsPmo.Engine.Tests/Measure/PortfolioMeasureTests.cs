using System.Text;
using TsPmo.Engine.Pipeline.Measure;
using TsPmo.Engine.Reporting;
using TsPmo.Engine.Reporting.Advice;
using TsPmo.Engine.Reporting.Explain;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;

namespace TsPmo.Engine.Tests.Measure;

public sealed class PortfolioMeasureTests : IDisposable
{
    private readonly StoreFile _file = new();
    private readonly Dial _dial = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_portfolio_is_measured_from_what_its_projects_said_and_stored_under_its_name()
    {
        await using var engine = await OpenAsync();

        var report = await engine.Get<MeasurePass>().RunAsync(new(), null, CancellationToken.None);

        report.Portfolios.ShouldHaveSingleItem().Number.ShouldBe(-9);
        (await engine.Get<IMeasurementStore>().ReadAsync("portfolio:ALL", null, CancellationToken.None)).ShouldHaveSingleItem().Number.ShouldBe(-9);
        report.Rows.Select(r => r.Project).ShouldBe(["PAYMENTS", "WEB", "portfolio:ALL"]);
        (await engine.Get<IReportingQueries>().PortfolioFiguresAsync(CancellationToken.None))["ALL"].ShouldHaveSingleItem();
        (await engine.Get<MeasurePass>().RunAsync(new(["WEB"]), null, CancellationToken.None)).Portfolios.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_portfolios_figure_is_explained_and_exported_for_a_past_instant_too()
    {
        await using var engine = await OpenAsync();

        var explained = await engine.Get<ExplainQuery>().ExplainAsync(new("Portfolio:all", "test.Sum"), CancellationToken.None);
        (explained.Explanation.ShouldNotBeNull().Project, explained.Explanation.Value).ShouldBe(("portfolio:ALL", -9m));
        (await engine.Get<ExplainQuery>().ExplainAsync(new("portfolio:ALL", "schedule.svt"), CancellationToken.None)).Problem.ShouldNotBeNull().Remedy.ShouldContain("test.sum");
        using var output = new MemoryStream();
        await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "metrics", AsOf = engine.Clock.GetUtcNow().AddDays(-3) }, output, CancellationToken.None);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(3);
        lines[2].ShouldContain("\"project\":\"portfolio:ALL\",\"metric\":\"test.sum\"");
    }

    [Fact]
    public async Task Every_portfolio_is_asked_for_advice()
    {
        await using var engine = await OpenAsync();

        var advice = await engine.Get<AdviceQuery>().AdviseAsync(null, CancellationToken.None);

        advice.ShouldHaveSingleItem().Key.ShouldBe("ALL");
        advice["ALL"].ShouldBeEmpty();
    }

    private Task<TestEngine> OpenAsync()
    {
        ProjectDefinition[] projects = [new() { Key = "PAYMENTS", Name = "Payments" }, new() { Key = "WEB", Name = "Web" }];
        var pmo = new PmoDefinition
        {
            Calendar = TestEngine.Calendar,
            Projects = projects.ToDictionary(p => p.Key),
            Portfolios = new Dictionary<string, PortfolioDefinition> { ["ALL"] = new("ALL", "All", ["PAYMENTS", "WEB"]) },
        };
        return TestEngine.OpenAsync(_file, pmo, metrics: [_dial], portfolios: [new Sum()]);
    }

    private sealed class Sum : IPortfolioMetric
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new("test.sum", "sum", "")];

        public IEnumerable<MetricResult> Measure(PortfolioResults portfolio) =>
            [Pooled.Of(portfolio, "schedule.svt").Result(new Figure(Definitions[0], "sum"), p => p.Sum("schedule.svt"))];
    }
}
