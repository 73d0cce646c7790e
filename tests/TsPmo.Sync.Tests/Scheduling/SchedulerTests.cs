using TsPmo.Engine.Scheduling;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing.Time;

namespace TsPmo.Sync.Tests.Scheduling;

/// <summary>Work starts by the timetable, on a clock that the test moves.</summary>
public sealed class SchedulerTests : IDisposable
{
    private static readonly TimetableEntry Hourly = new(WorkKind.Sync, "acme", "0 0 * * * ?");

    private readonly ConfigurationFolder _folder = new();
    private readonly FakeClock _clock = new(new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero));
    private readonly NotedWork _work;

    public SchedulerTests() => _work = new NotedWork(_clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Work_starts_when_its_cron_says_so()
    {
        await using var scheduler = await SchedulerFixture.StartAsync(_folder.Path, _clock, new TestTimetable(Hourly), _work);
        _clock.Advance(TimeSpan.FromMinutes(29));
        await SchedulerFixture.PassAsync(_clock, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        _work.Runs.ShouldBeEmpty();
        for (var hour = 9; hour <= 11; hour++)
        {
            _clock.Advance(new DateTimeOffset(2026, 3, 2, hour, 0, 0, TimeSpan.Zero) - _clock.GetUtcNow());
            await SchedulerFixture.UntilAsync(_clock, () => _work.Runs.Count == hour - 8);
        }

        _work.Runs.Select(r => (r.Kind, r.Connector, r.At.Hour)).ShouldBe([(WorkKind.Sync, "acme", 9), (WorkKind.Sync, "acme", 10), (WorkKind.Sync, "acme", 11)]);
    }

    [Fact]
    public async Task A_run_that_takes_long_is_never_overtaken_by_the_next_one_of_its_kind()
    {
        _work.Gate = new TaskCompletionSource();
        await using var scheduler = await SchedulerFixture.StartAsync(_folder.Path, _clock, new TestTimetable(Hourly), _work);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await SchedulerFixture.UntilAsync(_clock, () => !_work.Runs.IsEmpty);
        await SchedulerFixture.PassAsync(_clock, TimeSpan.FromHours(4), TimeSpan.FromMinutes(5));
        _work.Runs.Count.ShouldBe(1);
        _work.Gate.SetResult();
        await SchedulerFixture.UntilAsync(_clock, () => _work.Runs.Count > 1);
        await SchedulerFixture.PassAsync(_clock, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10));
        _work.MostAtOnce.ShouldBe(1);
        _work.Runs.Count.ShouldBe(2, "what was missed meanwhile is made up for by one run");
    }

    [Fact]
    public async Task What_was_missed_while_the_host_was_down_is_made_up_for_by_one_run()
    {
        await using (await SchedulerFixture.StartAsync(_folder.Path, _clock, new TestTimetable(Hourly), _work))
            _work.Runs.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromHours(10));
        await using var scheduler = await SchedulerFixture.StartAsync(_folder.Path, _clock, new TestTimetable(Hourly), _work);
        await SchedulerFixture.UntilAsync(_clock, () => !_work.Runs.IsEmpty);
        await SchedulerFixture.PassAsync(_clock, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10));
        _work.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_timetable_comes_into_force_without_a_restart()
    {
        var timetable = new TestTimetable(Hourly);
        await using var scheduler = await SchedulerFixture.StartAsync(_folder.Path, _clock, timetable, _work);
        timetable.Become(new TimetableEntry(WorkKind.Measure, null, "0 0/5 * * * ?"));
        for (var i = 0; i < 5000 && !_work.Runs.Any(r => r.Kind == WorkKind.Measure); i++)
            await SchedulerFixture.PassAsync(_clock, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _work.Runs.ShouldContain(r => r.Kind == WorkKind.Measure);
        var before = _work.Runs.Count(r => r.Kind == WorkKind.Sync);
        await SchedulerFixture.PassAsync(_clock, TimeSpan.FromHours(3), TimeSpan.FromMinutes(3));
        _work.Runs.Count(r => r.Kind == WorkKind.Sync).ShouldBe(before, "the old entry is gone");
    }

    [Fact]
    public async Task Stopping_the_host_interrupts_running_work_and_waits_for_it()
    {
        _work.Gate = new TaskCompletionSource();
        await using var scheduler = await SchedulerFixture.StartAsync(_folder.Path, _clock, new TestTimetable(Hourly), _work);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await SchedulerFixture.UntilAsync(_clock, () => !_work.Runs.IsEmpty);
        await scheduler.StopAsync();
        _work.WasInterrupted.ShouldBeTrue();
    }
}
