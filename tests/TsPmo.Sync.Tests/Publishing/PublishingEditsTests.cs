using TsPmo.Testing.Publishing;

namespace TsPmo.Sync.Tests.Publishing;

/// <summary>The small form of the benchmark command <c>publish-edits</c>.</summary>
public sealed class PublishingEditsTests
{
    [Fact]
    public async Task What_a_person_writes_in_or_beside_our_text_is_never_overwritten_and_each_conflict_is_reported_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = await PublishingStage.StartAsync(projects: 3, cancellation);
        var edits = new PublishingEdits(stage, await stage.OpenNodeAsync(cancellation), cancellation);

        await edits.LiveAsync(edits: 50);

        edits.Mistakes.ShouldBeEmpty();
        (edits.Kept, edits.TakenOver, edits.LeftDeleted).ShouldSatisfyAllConditions(e => e.Kept.ShouldBeGreaterThan(4), e => e.TakenOver.ShouldBeGreaterThan(10), e => e.LeftDeleted.ShouldBeGreaterThan(0));
    }
}
