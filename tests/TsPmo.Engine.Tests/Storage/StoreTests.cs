using Microsoft.EntityFrameworkCore;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model;
using TsPmo.Model.Facts;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Storage;

public sealed class StoreTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_migrations_make_exactly_the_schema_that_the_code_expects()
    {
        using var provider = new SqliteStoreProvider(_file.ConnectionString);
        using var context = new PmoStore(provider, new TsPmo.Testing.Time.FakeClock()).Read();

        context.Database.HasPendingModelChanges().ShouldBeFalse("add a migration: see tests/TsPmo.DesignTime");
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_said_to_be_unusable_without_an_exceptions_words()
    {
        await File.WriteAllTextAsync(_file.Path, new string('x', 5000), TestContext.Current.CancellationToken);
        using var provider = new SqliteStoreProvider(_file.ConnectionString);

        var problem = await new PmoStore(provider, new TsPmo.Testing.Time.FakeClock()).OpenAsync(CancellationToken.None);

        problem.ShouldNotBeNull().Code.ShouldBe("store-unusable");
        problem.Message.ShouldNotContain("SQLite");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said_to_be_unusable()
    {
        await File.WriteAllTextAsync(_file.Path, "", TestContext.Current.CancellationToken);
        using var provider = new SqliteStoreProvider($"Data Source={_file.Path}/inner/tspmo.db");

        (await new PmoStore(provider, new TsPmo.Testing.Time.FakeClock()).OpenAsync(CancellationToken.None)).ShouldNotBeNull().Code.ShouldBe("store-unusable");
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_said_to_be_one_and_left_alone()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        await using (var context = engine.Get<PmoStore>().Read())
        {
            await context.Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Later', '99.0.0')""", TestContext.Current.CancellationToken);
        }

        var problem = await engine.Get<IStore>().OpenAsync(CancellationToken.None);

        problem.ShouldNotBeNull().Code.ShouldBe("store-unusable");
        problem.Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task A_lock_that_cannot_be_opened_makes_the_store_unusable_and_is_not_waited_for()
    {
        _file.Remove();
        Directory.CreateDirectory(Path.Combine(_file.Path + ".locks", "schema"));
        using var provider = new SqliteStoreProvider(_file.ConnectionString);

        (await new PmoStore(provider, new TsPmo.Testing.Time.FakeClock()).OpenAsync(CancellationToken.None)).ShouldNotBeNull().Code.ShouldBe("store-unusable");
    }

    [Fact]
    public async Task A_commit_from_a_cursor_that_moved_meanwhile_stores_nothing()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        (await CommitAsync(engine, 0, "a", Sample.Item("1"))).Problem.ShouldBeNull();

        var late = await CommitAsync(engine, 0, "b", Sample.Item("2"));

        late.Problem.ShouldNotBeNull().Code.ShouldBe("cursor-moved");
        (await engine.Facts.CursorAsync("alpha", "items", CancellationToken.None)).ShouldBe(new StreamCursor("a", 1));
        (await CommitAsync(engine, 1, "c", Sample.Item("2"))).ItemsChanged.ShouldBe(1);
    }

    [Fact]
    public async Task Commits_side_by_side_are_all_stored()
    {
        await using var engine = await TestEngine.OpenAsync(_file);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => engine.Facts.CommitAsync(
            new PageCommit { Connector = $"c{i}", Stream = "items", ExpectedVersion = 0, Cursor = "1", Facts = [Sample.Item("1")] }, CancellationToken.None)));

        for (var i = 0; i < 20; i++)
            (await engine.Facts.CursorAsync($"c{i}", "items", CancellationToken.None)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_is_not_done_holds_up_no_writer()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        await CommitAsync(engine, 0, "a", Sample.Item("1"));
        await using var context = engine.Get<PmoStore>().Read();
        await using var reading = context.Items.AsAsyncEnumerable().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await reading.MoveNextAsync()).ShouldBeTrue();

        (await CommitAsync(engine, 1, "b", Sample.Item("2"))).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task After_our_own_write_the_next_pass_finds_nothing_new()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        await CommitAsync(engine, 0, "a", Sample.Item("1"), Sample.Revision("1", 1, 0, (RawFields.Status, "Open")));
        await engine.Facts.TouchItemAsync("alpha", new TouchedItem("1", Sample.Start.AddHours(2), 2), CancellationToken.None);

        var result = await CommitAsync(engine, 1, "b", Sample.Item("1", 2), Sample.Revision("1", 2, 1, (RawFields.Status, "Open")));

        (result.ItemsChanged, result.ChangesStored).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_link_that_one_end_no_longer_tells_of_is_gone_from_the_other_end_too()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        LinkEnd Link(bool outward, string other) => new("l-1", LinkKind.Blocks, outward, other, null);
        await CommitAsync(engine, 0, "a", Sample.Item("1"), Sample.Item("2"), new LinkSet("1", "issue", [Link(true, "2")]), new LinkSet("2", "issue", [Link(false, "1")]));

        await CommitAsync(engine, 1, "b", Sample.Item("1", 2), new LinkSet("1", "issue", []));

        using var provider = new SqliteStoreProvider(_file.ConnectionString);
        await using var context = new PmoStore(provider, engine.Clock).Read();
        (await context.Links.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_lease_is_held_by_one_and_free_again_when_it_ends()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var leases = engine.Get<ILeases>();
        var first = await leases.TryTakeAsync("publish/PAY", CancellationToken.None);

        (await leases.TryTakeAsync("publish/PAY", CancellationToken.None)).ShouldBeNull();
        (await leases.TryTakeAsync("publish/WEB", CancellationToken.None)).ShouldNotBeNull();
        await first.ShouldNotBeNull().DisposeAsync();
        (await leases.TryTakeAsync("publish/PAY", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Figures_come_back_as_they_were_stored()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var metric = new MetricDefinition("schedule.svt", "schedule variance", "working days");
        var measured = new Measurement
        {
            Metric = metric, AsOf = Sample.Day(1.0000001), Method = "m", N = 3, Number = -4.123456789012345678m, Text = "-4.1", Band = Band.Red, Findings = [new("PlanLinear", 0, "Spread evenly."), new("MissingEstimates", 0.25m, "A quarter has no estimate.")],
            Window = new DateWindow(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 31)), Subject = "alpha:37",
        };
        var missing = new NotMeasurable { Metric = metric, AsOf = measured.AsOf, Method = "m", N = 0, Reason = Reason.NoBaseline, Because = "There is no baseline." };
        var store = engine.Get<IMeasurementStore>();
        await store.SaveAsync("P", [missing with { AsOf = Sample.Day(0) }], CancellationToken.None);
        await store.SaveAsync("P", [measured, missing], CancellationToken.None);
        await store.SaveAsync("P", [measured, missing], CancellationToken.None);

        var read = await store.ReadAsync("P", asOf: null, CancellationToken.None);

        read.Count.ShouldBe(2);
        (read[0].Subject, read[0].Reason, read[0].Number).ShouldBe((null, Reason.NoBaseline, null));
        read[1].ShouldBe(StoredResult.Of("P", measured) with { Quality = read[1].Quality });
        read[1].Quality.ShouldBe(measured.Quality);
        (await store.ReadAsync("P", Sample.Day(0), CancellationToken.None)).ShouldHaveSingleItem();
        (await store.ReadAsync("Q", null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_ledger_keeps_what_stood_before_and_knows_a_write_whose_result_was_never_learned()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var ledger = engine.Get<IPublicationLedger>();
        async Task<LastWrite?> LastAsync() => (await ledger.GetAsync("P", "epic", CancellationToken.None))?.ToLastWrite();
        var create = Intent(PlanOutcome.Create, "h1", before: "theirs");
        (await LastAsync()).ShouldBeNull();

        await ledger.RecordIntentAsync(create, CancellationToken.None);
        (await LastAsync()).ShouldBe(new LastWrite(null, "", null, "theirs", IsConfirmed: false));

        await ledger.RecordResultAsync(create, new WriteResult { RemoteId = "77", Written = "ours" }, CancellationToken.None);
        (await LastAsync()).ShouldBe(new LastWrite("77", "h1", "ours", "theirs", IsConfirmed: true));

        var update = Intent(PlanOutcome.Update, "h2", before: "ours");
        await ledger.RecordIntentAsync(update, CancellationToken.None);
        await ledger.RecordResultAsync(update, new WriteResult { Problem = new Problem("timeout", "No answer came.", "Wait."), IsUncertain = true }, CancellationToken.None);
        (await LastAsync()).ShouldBe(new LastWrite("77", "h1", "ours", "theirs", IsConfirmed: false));

        var retract = Intent(PlanOutcome.Retract, null, before: "ours");
        await ledger.RecordIntentAsync(retract, CancellationToken.None);
        await ledger.RecordResultAsync(retract, new WriteResult(), CancellationToken.None);
        (await LastAsync()).ShouldBeNull();
        (await ledger.ListAsync(null, CancellationToken.None)).ShouldHaveSingleItem().State.ShouldBe(PublicationState.Retracted);
    }

    private static PublicationIntent Intent(PlanOutcome kind, string? hash, string? before) => new()
    {
        Project = "P", Publication = "epic", Connector = "alpha", Target = "Comment", Report = hash is null ? null : Report(hash), At = Sample.Day(1), Write = new PlannedWrite(kind, "PAY-1", null, "ours", before, null),
    };

    private static StatusReport Report(string hash) =>
        new() { Project = "P", Title = "P", Lines = [], Figures = new Dictionary<string, string>(), AsOf = Sample.Day(1), ContentHash = hash };

    private static Task<CommitResult> CommitAsync(TestEngine engine, long version, string cursor, params Fact[] facts) => engine.Facts.CommitAsync(
        new PageCommit { Connector = "alpha", Stream = "items", ExpectedVersion = version, Cursor = cursor, Facts = facts }, CancellationToken.None);
}
