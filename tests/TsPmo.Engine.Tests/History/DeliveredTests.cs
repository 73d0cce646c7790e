using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Governance;
using TsPmo.Model.History;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.History;

/// <summary>Stages made of jobs, and what deployments brought to production.</summary>
public sealed class DeliveredTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_stage_is_as_bad_as_its_worst_job_even_when_its_jobs_end_in_two_passes()
    {
        Fact[] first = [Job("1", "eu", DeploymentResult.Failed), Job("2", "us", DeploymentResult.Running)];
        (await HistoryAsync(first)).Deployments.ShouldHaveSingleItem().Result.ShouldBe(DeploymentResult.Running);

        var ended = (await HistoryAsync(first, [Job("2", "us", DeploymentResult.Succeeded)])).Deployments.ShouldHaveSingleItem();

        (ended.Result, ended.Id.Id, ended.FinishedAt).ShouldBe((DeploymentResult.Failed, "environment/5/7/Deploy", Sample.Day(1.1)));
    }

    [Fact]
    public async Task A_stage_counts_by_its_last_attempt_and_a_job_by_its_own()
    {
        var deployed = (await HistoryAsync(
        [
            Job("1", "eu", DeploymentResult.Failed), Job("2", "us", DeploymentResult.Succeeded),
            Job("3", "eu", DeploymentResult.Failed) with { StageAttempt = 2 }, Job("4", "eu", DeploymentResult.Partial) with { StageAttempt = 2, JobAttempt = 2 },
        ])).Deployments.ShouldHaveSingleItem();

        deployed.Result.ShouldBe(DeploymentResult.Partial);
    }

    [Fact]
    public async Task A_stage_of_which_every_job_was_skipped_is_no_deployment() =>
        (await HistoryAsync([Job("1", "eu", null)])).Deployments.ShouldBeEmpty();

    [Fact]
    public async Task A_deployment_brings_what_earlier_runs_of_its_pipeline_left_behind_and_nothing_twice()
    {
        var history = await HistoryAsync(
        [
            Run("6"), Run("7"), Run("8"), Changes("6", "aaa", 0.1), Changes("7", "bbb", 0.2), Changes("8", "ccc", 1.5),
            Job("1", "eu", DeploymentResult.Succeeded),
            Job("2", "eu", DeploymentResult.Failed) with { DeploymentId = "environment/5/8/Deploy", RunId = "8", FinishedAt = Sample.Day(2) },
            Job("3", "eu", DeploymentResult.Succeeded) with { DeploymentId = "environment/6/8/Deploy", Environment = "prod-2", RunId = "8", FinishedAt = Sample.Day(3) },
            new PullRequestFact { Id = "20", Project = "Web", Repository = "web", TargetBranch = "refs/heads/main", MergedAt = Sample.Day(0.2), MergeRevision = "bbb", FirstCommitAt = Sample.Day(-1), WorkItems = ["71"] },
        ]);

        var delivered = history.Delivered;
        delivered.Select(d => string.Join(' ', d.Commits.Select(c => c.Revision))).ShouldBe(["aaa bbb", "ccc", "ccc"]);
        delivered[0].PullRequests.ShouldHaveSingleItem().Id.ShouldBe(new SourceId("one", "pull-request/20"));
        delivered[0].FirstCommitAt.ShouldBe(Sample.Day(-1));
        delivered[0].WorkItems.ShouldBe([new SourceId("one", "6"), new SourceId("one", "7"), new SourceId("one", "71")]);
        delivered[1].PullRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_system_deployed_brings_what_the_run_of_the_same_revision_built()
    {
        var reported = new DeploymentFact
        {
            Id = "9", Version = 1, Project = "Web", Environment = "production", Pipeline = "ship", Source = DeploymentSource.Reported, Result = DeploymentResult.Succeeded, FinishedAt = Sample.Day(3), Revision = "ABC",
        };

        var delivered = (await HistoryAsync([Run("7") with { Revision = "abc" }, Changes("7", "abc", 0.2), reported])).Delivered.ShouldHaveSingleItem();

        delivered.Commits.Select(c => c.Revision).ShouldBe(["abc"]);
        (delivered.Deployment.Id.Id, delivered.Deployment.StartedAt).ShouldBe(("9", null));
    }

    [Fact]
    public async Task An_item_that_was_linked_to_the_run_is_linked_to_its_deployment()
    {
        var item = Sample.Item("71") with { Values = Sample.Values((RawFields.Project, "Web"), (RawFields.Type, "Bug"), (RawFields.Status, "Open")) };
        var links = new LinkSet("71", DeliveryAddress.Group, [new LinkEnd("l", LinkKind.CausedBy, IsOutward: true, null, DeliveryAddress.Run("7"))]);

        (await HistoryAsync([Run("7"), Job("1", "eu", DeploymentResult.Succeeded), item, links])).Delivered
            .ShouldHaveSingleItem().LinkedItems.ShouldBe([new LinkedItem(new SourceId("one", "71"), IsCause: true)]);
    }

    [Fact]
    public async Task What_the_tracker_deletes_later_stays()
    {
        await HistoryAsync([Run("7"), Changes("7", "bbb", 0.2), Job("1", "eu", DeploymentResult.Succeeded), new RunQualityFact("7", "Web", new TestTotals(9, 1, 0), new LineCoverage(7, 10))]);

        await using var engine = await TestEngine.OpenAsync(_file, Pmo, [new ScriptedTracker().Page("all", Run("8")).As("one", "Web")]);
        (await engine.SyncAsync(ReadDepth.Everything)).Outcome.ShouldBe(Engine.Pipeline.SyncOutcome.Succeeded);
        var kept = await engine.Histories.ReadAsync(Pmo.Projects["SHOP"], CancellationToken.None);

        kept.Delivered.ShouldHaveSingleItem().Commits.ShouldHaveSingleItem().Revision.ShouldBe("bbb");
        kept.Runs.Select(r => (r.Id.Id, r.Tests, r.Coverage)).ShouldBe([("7", new TestTotals(9, 1, 0), new LineCoverage(7, 10)), ("8", null, null)]);
    }

    private async Task<ProjectHistory> HistoryAsync(params Fact[][] pages)
    {
        var tracker = new ScriptedTracker();
        foreach (var page in pages)
            tracker.Page("all", page);
        await using var engine = await TestEngine.OpenAsync(_file, Pmo, [tracker.As("one", "Web")]);
        (await engine.SyncAsync()).Outcome.ShouldBe(Engine.Pipeline.SyncOutcome.Succeeded);
        return await engine.Histories.ReadAsync(Pmo.Projects["SHOP"], CancellationToken.None);
    }

    private static PmoDefinition Pmo { get; } = new()
    {
        Calendar = TestEngine.Calendar,
        Projects = new Dictionary<string, ProjectDefinition>
        {
            ["SHOP"] = new() { Key = "SHOP", Name = "Shop", Sources = [new SourceBinding { Name = "one", Connector = "one", Project = "Web" }] },
        },
    };

    private static DeploymentJobFact Job(string id, string job, DeploymentResult? result) => new()
    {
        Id = id, DeploymentId = "environment/5/7/Deploy", Version = result == DeploymentResult.Running ? 1 : 2, Project = "Web", Environment = "Production", Pipeline = "web",
        StageAttempt = 1, Job = job, JobAttempt = 1, Result = result, StartedAt = Sample.Day(1), FinishedAt = result == DeploymentResult.Running ? null : Sample.Day(1.1), RunId = "7",
    };

    private static RunFact Run(string id) => new(id, "Web", "web", DeploymentResult.Succeeded, Sample.Day(0.5), Sample.Day(0.6), null, null);

    private static RunChangesFact Changes(string run, string revision, double day) => new(run, "Web", [new CommitChange(revision, Sample.Day(day))], [run]);
}
