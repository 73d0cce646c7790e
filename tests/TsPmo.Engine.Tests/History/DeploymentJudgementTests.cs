using System.Text;
using System.Text.RegularExpressions;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;

namespace TsPmo.Engine.Tests.History;

/// <summary>What counts as a deployment to production, and what says so.</summary>
public sealed class DeploymentJudgementTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task One_run_told_by_an_environment_and_by_a_classic_release_is_one_deployment()
    {
        var history = await HistoryAsync(new(), [Record("environment/1/7/Deploy", DeploymentSource.Environment, "7", null), Record("release/3/4", DeploymentSource.Release, "7", "abc")], []);

        history.Deployments.Where(d => d.IsProduction).ShouldHaveSingleItem().Source.ShouldBe(DeploymentSource.Environment);
        history.Deployments.Single(d => !d.IsProduction).Reason.ShouldBe("it gives way to the environment record of the same run (one:environment/1/7/Deploy)");
    }

    [Fact]
    public async Task One_revision_told_by_two_connectors_is_one_deployment()
    {
        var history = await HistoryAsync(new(),
            [Record("environment/1/7/Deploy", DeploymentSource.Environment, "7", null), new RunFact("7", "Web", "web", DeploymentResult.Succeeded, Sample.Day(1), Sample.Day(1), "ABC", null)],
            [Record("reported/9", DeploymentSource.Reported, null, "abc")]);

        history.Deployments.Where(d => d.IsProduction).ShouldHaveSingleItem().Id.Connector.ShouldBe("one");
        var exported = await ExportAsync(history.Project, "two");
        exported.ShouldContain("\"other\"");
        exported.ShouldContain("of the same revision");
    }

    [Fact]
    public async Task A_record_that_did_not_reach_production_displaces_none_that_did()
    {
        var history = await HistoryAsync(new(), [Record("environment/1/7/Deploy", DeploymentSource.Environment, "7", null) with { Result = DeploymentResult.Failed }, Record("release/3/4", DeploymentSource.Release, "7", "abc")], []);

        history.Deployments.Count(d => d.IsProduction).ShouldBe(2);
        history.Deployments.Single(d => d.Source == DeploymentSource.Environment).Reason.ShouldEndWith("; it failed there, so it is no successful deployment");
    }

    [Fact]
    public async Task A_record_of_another_environment_displaces_nothing()
    {
        var history = await HistoryAsync(new(), [Record("environment/1/7/Test", DeploymentSource.Environment, "7", null, "Test"), Record("release/3/4", DeploymentSource.Release, "7", "abc")], []);

        history.Deployments.Where(d => d.IsProduction).ShouldHaveSingleItem().Source.ShouldBe(DeploymentSource.Release);
    }

    [Fact]
    public async Task Released_versions_give_way_to_records_of_another_tracker()
    {
        Fact[] version = [new MilestoneFact("900", "SHOP", "1.0", null, new DateOnly(2026, 2, 1), Released: true, new DateOnly(2026, 2, 3))];
        var rules = new DeploymentRules { Versions = true };

        (await HistoryAsync(rules, [Record("environment/1/7/Deploy", DeploymentSource.Environment, "7", null)], version)).Deployments.Count(d => d.IsProduction).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_rule_takes_effect_on_the_past_without_a_download()
    {
        Fact[] told = [Record("environment/1/7/Deploy", DeploymentSource.Environment, "7", null, "eu-prod"), new RunFact("8", "Web", "nightly-deploy", DeploymentResult.Succeeded, Sample.Day(2), Sample.Day(2), "def", null)];
        var before = await HistoryAsync(new(), told, []);
        before.Deployments.ShouldHaveSingleItem().IsProduction.ShouldBeFalse();
        before.NearMisses.Select(n => (n.Name, n.At.Count)).ShouldBe([("environment \"eu-prod\"", 1), ("pipeline \"nightly-deploy\"", 1)]);

        var changed = new DeploymentRules { Production = [new Regex("prod$", RegexOptions.None, TimeSpan.FromSeconds(1))], Pipelines = ["Nightly-Deploy"] };
        await using var engine = await TestEngine.OpenAsync(_file, Pmo(changed));
        var after = await engine.Histories.ReadAsync(Pmo(changed).Projects["SHOP"], CancellationToken.None);
        after.Deployments.Count(d => d.IsProduction).ShouldBe(2);
        after.NearMisses.ShouldBeEmpty();
        after.Deployments[0].Reason.ShouldBe("the environment \"eu-prod\" matches \"prod$\" in Deployments.Production");
    }

    private async Task<ProjectHistory> HistoryAsync(DeploymentRules rules, Fact[] one, Fact[] two)
    {
        var pmo = Pmo(rules);
        await using var engine = await TestEngine.OpenAsync(_file, pmo, Connectors(one, two));
        (await engine.SyncAsync()).Outcome.ShouldBe(Engine.Pipeline.SyncOutcome.Succeeded);
        return await engine.Histories.ReadAsync(pmo.Projects["SHOP"], CancellationToken.None);
    }

    private async Task<string> ExportAsync(ProjectDefinition project, string connector)
    {
        await using var engine = await TestEngine.OpenAsync(_file, Pmo(project.Deployments), Connectors([], []));
        var output = new MemoryStream();
        (await engine.Get<IExports>().WriteAsync(new ExportRequest { Kind = "deployments" }, output, CancellationToken.None)).ShouldBeNull();
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n').Single(line => line.Contains($"\"connector\":\"{connector}\"", StringComparison.Ordinal));
    }

    private static IReadOnlyList<Model.Contracts.ConnectorInstance> Connectors(Fact[] one, Fact[] two) =>
        [new ScriptedTracker().Page("all", one).As("one", "Web"), new ScriptedTracker().Page("all", two).As("two", "SHOP")];

    private static PmoDefinition Pmo(DeploymentRules rules) => new()
    {
        Calendar = TestEngine.Calendar,
        Projects = new Dictionary<string, ProjectDefinition>
        {
            ["SHOP"] = new()
            {
                Key = "SHOP",
                Name = "Shop",
                Sources = [new SourceBinding { Name = "one", Connector = "one", Project = "Web" }, new SourceBinding { Name = "two", Connector = "two", Project = "SHOP" }],
                Deployments = rules,
            },
        },
    };

    private static DeploymentFact Record(string id, DeploymentSource source, string? run, string? revision, string environment = "Production") => new()
    {
        Id = id, Version = 1, Project = id.StartsWith("reported", StringComparison.Ordinal) ? "SHOP" : "Web", Environment = environment, Pipeline = "web", Source = source,
        Result = DeploymentResult.Succeeded, StartedAt = Sample.Day(1), FinishedAt = Sample.Day(1.1), Revision = revision, RunId = run,
    };
}
