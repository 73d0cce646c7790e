using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TsPmo.Engine.Sqlite;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Measuring;

namespace TsPmo.Engine.Tests.Storage;

public sealed class MeasurementStoreTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly Figure Load = new(new("test.load", "load", "hours") { IsPersonal = true }, "m");
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task One_subject_may_have_figures_of_several_weeks()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var store = engine.Get<IMeasurementStore>();

        await store.SaveAsync("P", [Week(Monday, "ada", 1, 7), Week(Monday, "ada", 0, 5)], CancellationToken.None);

        (await store.ReadAsync("P", Monday, CancellationToken.None)).Select(r => (r.Window?.First, r.Number)).ShouldBe([(new DateOnly(2026, 1, 5), 5m), (new DateOnly(2026, 1, 12), 7m)]);
    }

    [Fact]
    public async Task Figures_about_persons_are_not_piled_up_while_those_of_the_project_are()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var store = engine.Get<IMeasurementStore>();

        await store.SaveAsync("P", [Week(Monday, "ada", 0, 5), Week(Monday, null, 0, 6)], CancellationToken.None);
        await store.SaveAsync("P", [Week(Monday.AddDays(1), "ada", 0, 4), Week(Monday.AddDays(1), null, 0, 4)], CancellationToken.None);

        (await store.ReadAsync("P", Monday, CancellationToken.None)).ShouldHaveSingleItem().Number.ShouldBe(6);
        (await store.ReadAsync("P", null, CancellationToken.None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Measuring_a_past_instant_keeps_the_figures_about_persons_of_today_and_adds_none()
    {
        await using var engine = await TestEngine.OpenAsync(_file);
        var store = engine.Get<IMeasurementStore>();
        await store.SaveAsync("P", [Week(Monday, "ada", 0, 5), Week(Monday, null, 0, 6)], CancellationToken.None);

        await store.SaveAsync("P", [Week(Monday.AddDays(-7), "ada", 0, 4), Week(Monday.AddDays(-7), null, 0, 3)], CancellationToken.None);

        (await store.ReadAsync("P", null, CancellationToken.None)).Select(r => (r.Subject, r.Number)).ShouldBe([(null, 6m), ("ada", 5m)]);
        (await store.ReadAsync("P", Monday.AddDays(-7), CancellationToken.None)).ShouldHaveSingleItem().Number.ShouldBe(3);
    }

    [Fact]
    public async Task Figures_that_an_older_version_stored_keep_their_windows()
    {
        _file.Remove();
        using var provider = new SqliteStoreProvider(_file.ConnectionString);
        await using (var context = new PmoStore(provider, new TsPmo.Testing.Time.FakeClock()).Read())
        {
            await context.GetService<IMigrator>().MigrateAsync("20261124202806_Delivery", TestContext.Current.CancellationToken);
            await InsertAsync(context, "", "2026-01-05", "2026-04-05");
            await InsertAsync(context, "tracker:1", null, null);
        }

        await using var engine = await TestEngine.OpenAsync(_file);

        var stored = await engine.Get<IMeasurementStore>().ReadAsync("P", Monday, CancellationToken.None);
        stored.Select(r => r.Window?.ToString()).ShouldBe(["2026-01-05/2026-04-05", null]);
    }

    private static Task<int> InsertAsync(PmoContext context, string subject, string? first, string? last) => context.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "Measurements" ("Project", "Metric", "Subject", "AsOf", "Label", "Unit", "WindowFirst", "WindowLast", "Method", "N", "EvidenceCount", "Quality", "Confidence")
        VALUES ('P', 'm', {subject}, {Monday.ToUnixTimeMilliseconds()}, 'l', 'u', {first}, {last}, 'm', 1, 0, '', '1.0')
        """,
        TestContext.Current.CancellationToken);

    private static Measurement Week(DateTimeOffset asOf, string? subject, int week, decimal hours) =>
        Load.Known(asOf, hours, 1) with { Subject = subject, Window = new(new DateOnly(2026, 1, 5).AddDays(7 * week), new DateOnly(2026, 1, 11).AddDays(7 * week)) };
}
