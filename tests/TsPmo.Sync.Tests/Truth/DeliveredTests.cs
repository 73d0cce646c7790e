using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Truth;

/// <summary>What deployments brought to production, from the pull request to the environment, beside the sandbox's own account.</summary>
public sealed class DeliveredTests
{
    private static readonly string[] ByEnvironment = ["PAYMENTS", "CLAIMS"];
    private static readonly string[] ByRelease = ["CRM", "LOGISTICS"];

    [Fact]
    public async Task Each_deployment_to_production_brings_the_commits_pull_requests_and_items_that_were_not_there_before()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = new TruthPlan { Shape = PortfolioShape.Organisation, Items = 200, Rounds = 2, Acts = 150, Faults = 0 };
        await using var experiment = await TruthExperiment.PrepareAsync(plan, InProcess.Application, cancellation);
        await experiment.ReadAllAsync();
        await experiment.FollowAsync(progress: null, cancellation);

        var log = TruthLog.Read(experiment.Sandbox.TruthPath);
        foreach (var key in ByEnvironment.Concat(ByRelease))
        {
            var project = experiment.Sandbox.Portfolio.Projects.Single(p => p.Key == key).Sources.Single().Project;
            var expected = TruthDelivered.Of(log, "azureDevOps", project);
            expected.Count.ShouldBeGreaterThan(10, key);
            (await DeliveredAsync(experiment, key, cancellation)).ShouldBe(expected, key);
        }
    }

    private static async Task<IReadOnlyList<string>> DeliveredAsync(TruthExperiment experiment, string key, CancellationToken cancellation)
    {
        var history = await InProcess.HistoryAsync(experiment.Sandbox.Clock, experiment.Settings, key, cancellation);
        return [.. history.Delivered.Select(d => TruthDelivered.Line(
            d.Deployment.Id.Id, d.Commits.Select(c => (c.Revision, c.At)), d.PullRequests.Select(p => (DateTimeOffset?)p.MergedAt), d.WorkItems.Select(i => i.Id)))];
    }
}
