using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Storage;

/// <summary>A feed tells of every item there is; only what concerns an item that was asked for may reach the store.</summary>
public sealed class KnownItemFactsTests : IDisposable
{
    private static readonly PersonFact Stranger = new("stranger", "Stranger", "stranger@example.com");

    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_is_told_of_an_item_that_nobody_asked_for_is_not_stored()
    {
        await using var engine = await TestEngine.OpenAsync(_file);

        var result = await CommitAsync(engine, 0, Told("9"));

        result.ItemsRead.ShouldBe(0);
        await using var context = engine.Get<PmoStore>().Read();
        (await context.Items.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await context.Accounts.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_told_of_a_stored_item_is_taken()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        await CommitAsync(engine, 0, Sample.Item("9"));

        var result = await CommitAsync(engine, 1, Told("9"), Told("8"));

        result.ItemsChanged.ShouldBe(1);
        await using var context = engine.Get<PmoStore>().Read();
        (await context.Items.SingleAsync(TestContext.Current.CancellationToken)).Version.ShouldBe(2);
        (await context.Accounts.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_told_of_an_item_that_comes_with_the_same_page_is_taken_whatever_the_order()
    {
        await using var engine = await TestEngine.OpenAsync(_file);

        (await CommitAsync(engine, 0, Told("9"), Sample.Item("9"))).ItemsRead.ShouldBe(1);

        await using var context = engine.Get<PmoStore>().Read();
        (await context.Items.SingleAsync(TestContext.Current.CancellationToken)).Version.ShouldBe(2);
    }

    private static IfKnown Told(string id) => new(id, [Sample.Item(id, 2, (RawFields.Project, "ELSEWHERE")), Stranger]);

    private static Task<CommitResult> CommitAsync(TestEngine engine, long version, params Fact[] facts) =>
        engine.Facts.CommitAsync(new PageCommit { Connector = "ado", Stream = "workItems", ExpectedVersion = version, Cursor = "c", Facts = facts }, TestContext.Current.CancellationToken);
}
