using TsPmo.Engine.Planning;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Measuring;
using TsPmo.Model.Planning;

namespace TsPmo.Engine.Tests.Planning;

public sealed class ProjectBaselinesTests : IDisposable
{
    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_captured_baseline_is_kept_with_reason_and_approver_and_read_back_as_it_was()
    {
        await using var engine = await OpenAsync();
        var project = SampleWorld.Pmo.Projects["PAYMENTS"];

        var (captured, problem) = await engine.Get<ProjectBaselines>().CaptureAsync(project, " Scope was agreed anew. ", "Grace", CancellationToken.None);

        problem.ShouldBeNull();
        var kept = (await engine.Get<IBaselineStore>().ReadAsync("PAYMENTS", CancellationToken.None)).ShouldHaveSingleItem();
        (kept.Id, kept.Reason, kept.ApprovedBy, kept.CapturedAt).ShouldBe((captured.ShouldNotBeNull().Id, "Scope was agreed anew.", "Grace", engine.Clock.GetUtcNow()));
        (await engine.Get<ProjectBaselines>().ListAsync(project, CancellationToken.None)).ShouldHaveSingleItem().Id.ShouldBe(kept.Id);
        (await engine.Get<ProjectBaselines>().ListAsync(SampleWorld.Pmo.Projects["WEB"], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_of_it_comes_back_items_calendar_and_warnings_included()
    {
        await using var engine = await OpenAsync();
        var baseline = new Baseline
        {
            Id = "PAYMENTS@x", CapturedAt = Sample.Day(3), Reason = "r", ApprovedBy = "p", Unit = WeightUnit.Hours, FirstDay = new(2026, 1, 5), Spread = new(new(2026, 1, 5), new(2026, 3, 1)), IsPhased = true,
            Items = [new(new("alpha", "1"), 1.25m, new(2026, 1, 6), new(2026, 1, 9), DateSource.Parent, Accrual.LinearWorkday), new(new("beta", "2"), 3, null, null, DateSource.None, Accrual.AllAtFinish)],
            Warnings = [new Finding("MissingDates", 0.3m, "Some.") { Items = [new(new("alpha", "1"), "has none", "https://tracker.example/1")] }],
            Calendar = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"), [DayOfWeek.Sunday, DayOfWeek.Monday], [new(2026, 1, 26)]),
        };

        (await engine.Get<IBaselineStore>().AddAsync("PAYMENTS", baseline, CancellationToken.None)).ShouldBeTrue();
        var kept = (await engine.Get<IBaselineStore>().ReadAsync("PAYMENTS", CancellationToken.None)).ShouldHaveSingleItem();

        (kept.Id, kept.CapturedAt, kept.Reason, kept.ApprovedBy, kept.Unit, kept.FirstDay, kept.Spread, kept.IsPhased).ShouldBe(
            (baseline.Id, baseline.CapturedAt, baseline.Reason, baseline.ApprovedBy, baseline.Unit, baseline.FirstDay, baseline.Spread, baseline.IsPhased));
        kept.Items.ShouldBe(baseline.Items);
        var (warning, first) = (kept.Warnings.ShouldHaveSingleItem(), baseline.Warnings[0]);
        (warning with { Items = first.Items }).ShouldBe(first);
        warning.Items.ShouldBe(first.Items);
        (kept.Calendar.Zone.Id, string.Join(',', kept.Calendar.WorkingDays), string.Join(',', kept.Calendar.Holidays.Select(h => h.DayNumber))).ShouldBe(
            ("Asia/Kolkata", "Sunday,Monday", $"{new DateOnly(2026, 1, 26).DayNumber}"));
    }

    [Fact]
    public async Task What_is_kept_is_never_changed()
    {
        await using var engine = await OpenAsync();
        var project = SampleWorld.Pmo.Projects["PAYMENTS"];
        await engine.Get<ProjectBaselines>().CaptureAsync(project, "first", "Grace", CancellationToken.None);

        var (_, problem) = await engine.Get<ProjectBaselines>().CaptureAsync(project, "second, at the same instant", "Grace", CancellationToken.None);

        problem.ShouldNotBeNull().Code.ShouldBe("baseline-taken");
        (await engine.Get<IBaselineStore>().ReadAsync("PAYMENTS", CancellationToken.None)).ShouldHaveSingleItem().Reason.ShouldBe("first");
    }

    [Theory]
    [InlineData(" ", "Grace", "reason-missing")]
    [InlineData("why", "", "approver-missing")]
    public async Task Without_a_reason_or_an_approver_there_is_none(string reason, string approver, string code)
    {
        await using var engine = await OpenAsync();

        var (captured, problem) = await engine.Get<ProjectBaselines>().CaptureAsync(SampleWorld.Pmo.Projects["PAYMENTS"], reason, approver, CancellationToken.None);

        captured.ShouldBeNull();
        problem.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_project_without_open_items_has_nothing_to_hold()
    {
        await using var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo);

        var (_, problem) = await engine.Get<ProjectBaselines>().CaptureAsync(SampleWorld.Pmo.Projects["WEB"], "why", "Grace", CancellationToken.None);

        problem.ShouldNotBeNull().Code.ShouldBe("baseline-empty");
    }

    private async Task<TestEngine> OpenAsync()
    {
        var engine = await TestEngine.OpenAsync(_file, SampleWorld.Pmo, SampleWorld.Connectors(
            [[.. SampleWorld.Alpha, Sample.Item("10009", 1, (TsPmo.Model.Work.RawFields.Type, "Story"), (TsPmo.Model.Work.RawFields.Status, "Open"))]], [SampleWorld.Beta]));
        await engine.SyncAsync();
        return engine;
    }
}
