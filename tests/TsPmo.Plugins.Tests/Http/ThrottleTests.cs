using TsPmo.Plugins.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Http;

public sealed class ThrottleTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task No_more_than_the_allowed_number_is_let_in_at_the_same_time()
    {
        var throttle = new Throttle(2, 1000, _clock);
        await Enter(throttle);
        await Enter(throttle);
        var third = throttle.EnterAsync(TestContext.Current.CancellationToken);
        third.IsCompleted.ShouldBeFalse();
        throttle.Leave();
        await third;
    }

    [Fact]
    public async Task Requests_beyond_a_seconds_worth_wait_for_their_turn()
    {
        var throttle = new Throttle(100, 10, _clock);
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 30; i++)
            await Enter(throttle);
        (_clock.GetUtcNow() - start).TotalSeconds.ShouldBe(2, 0.2);
    }

    [Fact]
    public void A_warning_halves_the_limits_once_and_they_come_back_slowly()
    {
        var throttle = new Throttle(4, 10, _clock);
        throttle.Warn();
        throttle.Warn();
        throttle.Share.ShouldBe(0.5);
        _clock.Advance(TimeSpan.FromSeconds(2));
        throttle.Warn();
        throttle.Share.ShouldBe(0.25, 0.01);
        _clock.Advance(Throttle.Recovery / 2);
        throttle.Share.ShouldBe(0.75, 0.01);
        _clock.Advance(Throttle.Recovery);
        throttle.Share.ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_holds_everything_back()
    {
        var throttle = new Throttle(4, 1000, _clock);
        throttle.Pause(TimeSpan.FromSeconds(12));
        (await Enter(throttle)).TotalSeconds.ShouldBe(12, 0.1);
    }

    [Fact]
    public async Task Cancelling_a_wait_gives_the_place_back()
    {
        var throttle = new Throttle(1, 1000, _clock);
        await Enter(throttle);
        using var cancel = new CancellationTokenSource();
        var waiting = throttle.EnterAsync(cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        throttle.Leave();
        await Enter(throttle);
    }

    private Task<TimeSpan> Enter(Throttle throttle) =>
        _clock.RunAsync(throttle.EnterAsync(TestContext.Current.CancellationToken), TimeSpan.FromMinutes(1));
}
