using TsPmo.Model.History;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>On all three stand-ins, with items that are linked across them.</summary>
public sealed class ExportTruthTests(ReadPortfolio read) : ExportTruth(read), IClassFixture<ReadPortfolio>;

/// <summary>In one organisation with projects of all four processes.</summary>
public sealed class OrganisationTruthTests(ReadOrganisation read) : ExportTruth(read), IClassFixture<ReadOrganisation>
{
    /// <summary>Two that deploy to environments and two that deploy by classic releases.</summary>
    public static TheoryData<string> Deploying => ["PAYMENTS", "CLAIMS", "CRM", "LOGISTICS"];

    [Theory, MemberData(nameof(Deploying))]
    public async Task Each_deployment_to_production_brings_the_commits_pull_requests_and_items_that_were_not_there_before(string project)
    {
        var expected = read.Delivered(project);
        expected.Count.ShouldBeGreaterThan(10);
        var history = await read.HistoryAsync(project);
        history.Delivered.Select(d => TruthDelivered.Line(
            d.Deployment.Id.Id, d.Commits.Select(c => (c.Revision, c.At)), d.PullRequests.Select(p => p.MergedAt), d.WorkItems.Select(i => i.Id))).ShouldBe(expected);
    }
}

/// <summary>The exports beside the sandbox's own account of what happened, for every field of every kind, while requests go wrong.</summary>
public abstract class ExportTruth(ReadSandbox read)
{
    public static TheoryData<string> Kinds => [.. TruthExperiment.Identities.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void After_a_full_pass_the_export_equals_the_log_of(string kind) => read.First.Differences(kind).ShouldBeEmpty();

    [Theory, MemberData(nameof(Kinds))]
    public void After_rounds_of_changes_read_incrementally_the_export_equals_the_log_of(string kind) => read.Last.Differences(kind).ShouldBeEmpty();

    [Fact]
    public void The_rounds_changed_something_of_every_kind_that_moves()
    {
        foreach (var kind in Kinds.Select(k => k.Data).Except(["milestones", "capacities"]))
        {
            var before = read.First.Rows(kind).Select(r => r.ToJsonString()).ToHashSet(StringComparer.Ordinal);
            read.Last.Rows(kind).Count(r => !before.Contains(r.ToJsonString())).ShouldBeGreaterThan(0, kind);
        }
    }
}

/// <summary>The default portfolio.</summary>
public sealed class ReadPortfolio() : ReadSandbox(new TruthPlan { Items = 1500, Rounds = 6, Acts = 100, SweepEvery = 3 });

/// <summary>A portfolio within one organisation.</summary>
public sealed class ReadOrganisation() : ReadSandbox(new TruthPlan { Shape = PortfolioShape.Organisation, Items = 900, Rounds = 6, Acts = 150, SweepEvery = 3 });

/// <summary>A sandbox that was read once in full and then after each of some rounds of changes.</summary>
public abstract class ReadSandbox(TruthPlan plan) : IAsyncLifetime
{
    private TruthExperiment? _experiment;
    private TruthMoment? _first;
    private TruthMoment? _last;

    public TruthMoment First => _first ?? throw new InvalidOperationException("Nothing was read.");

    private TruthExperiment Experiment => _experiment ?? throw new InvalidOperationException("Nothing was prepared.");

    public TruthMoment Last => _last ?? throw new InvalidOperationException("Nothing was followed.");

    /// <summary>What the sandbox says that each deployment of a PMO project brought to production, where the project is one of the organisation's.</summary>
    public IReadOnlyList<string> Delivered(string project) => TruthDelivered.Of(
        TruthLog.Read(Experiment.Sandbox.TruthPath), "azureDevOps", Experiment.Sandbox.Portfolio.Projects.Single(p => p.Key == project).Sources.Single().Project);

    /// <summary>What the application knows of a PMO project.</summary>
    public Task<ProjectHistory> HistoryAsync(string project) =>
        InProcess.HistoryAsync(Experiment.Sandbox.Clock, Experiment.Settings, project, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _experiment = await TruthExperiment.PrepareAsync(plan, InProcess.Application, cancellation);
        await _experiment.ReadAllAsync();
        _first = await _experiment.KeepAsync("first");
        await _experiment.FollowAsync(progress: null, cancellation);
        _last = await _experiment.KeepAsync("last");
    }

    public async ValueTask DisposeAsync()
    {
        if (_experiment is not null)
            await _experiment.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
