using TsPmo.Engine.Pipeline.Publish;
using TsPmo.Testing.Publishing;

namespace TsPmo.Sync.Tests.Publishing;

/// <summary>The small form of the year of publishing.</summary>
public sealed class PublishingYearTests
{
    [Fact]
    public async Task What_is_worth_saying_is_written_once_nobody_is_notified_again_and_taking_back_leaves_no_trace()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = await PublishingStage.StartAsync(projects: 3, cancellation);
        var node = await stage.OpenNodeAsync(cancellation);
        var snapshot = new TrackerSnapshot(stage.Server, cancellation);
        var before = await snapshot.HashAsync();
        stage.Server.Notifications.Clear();
        var year = new PublishingYear(stage, node);

        await year.LiveAsync(days: 20, cancellation);

        year.Mistakes.ShouldBeEmpty();
        year.MaterialDays.ShouldBeGreaterThan(8);
        year.ImmaterialDays.ShouldBeGreaterThan(30);
        stage.Server.Notifications.Sent.Select(n => (n.Tracker, n.Act)).ShouldBe([("jiraCloud", "comment-created")]);
        (await snapshot.HashAsync()).ShouldNotBe(before);
        (await PublishingStage.RetractAsync(node, cancellation)).Publications.ShouldAllBe(p => p.Action == PublicationAction.Retracted);
        (await snapshot.HashAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Two_nodes_that_publish_the_same_projects_at_the_same_time_write_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = await PublishingStage.StartAsync(projects: 3, cancellation);
        var (one, other) = (await stage.OpenNodeAsync(cancellation), await stage.OpenNodeAsync(cancellation));

        var reports = await Task.WhenAll(PublishingStage.PublishAsync(one, cancellation), PublishingStage.PublishAsync(other, cancellation));

        foreach (var publication in reports.SelectMany(r => r.Publications).GroupBy(p => (p.Project, p.Publication)))
            publication.Count(p => p.Action == PublicationAction.Created).ShouldBe(1, publication.Key.ToString());
        (await PublishingStage.PublishAsync(one, cancellation)).Publications.ShouldAllBe(p => p.Action == PublicationAction.Unchanged);
    }
}
