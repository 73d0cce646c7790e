namespace TsPmo.Plugins.Http;

/// <summary>
/// Keeps one connector within its concurrency and rate. A warning from the server halves both; they come back linearly over
/// <see cref="Recovery"/>. A bucket that runs low lowers the rate to that of its refilling. A pause asked for by the server holds everything.
/// All waiting goes by the injected clock.
/// </summary>
internal sealed class Throttle(int maxConcurrency, double requestsPerSecond, TimeProvider clock)
{
    /// <summary>Time in which a fully throttled connector returns to its configured rate.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    private const double SmallestShare = 1.0 / 16;
    private static readonly TimeSpan SameWarning = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private DateTimeOffset _nextFree = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private DateTimeOffset _warnedAt = DateTimeOffset.MinValue;
    private double _shareAtWarning = 1;
    private double _ceiling = double.PositiveInfinity;
    private int _active;

    /// <summary>Share of the configured limits that is used now, in (0, 1].</summary>
    public double Share
    {
        get
        {
            lock (_gate)
                return ShareAt(clock.GetUtcNow());
        }
    }

    /// <summary>Whether it holds nothing back that it would not always.</summary>
    public bool IsAtEase
    {
        get
        {
            lock (_gate)
            {
                var now = clock.GetUtcNow();
                return ShareAt(now) >= 1 && _pausedUntil <= now && double.IsPositiveInfinity(_ceiling);
            }
        }
    }

    /// <summary>Waits for a place and for its turn. Tells how long the rate or a pause held it back. Every successful call needs one <see cref="Leave"/>.</summary>
    public async Task<TimeSpan> EnterAsync(CancellationToken cancellationToken)
    {
        await TakePlaceAsync(cancellationToken);
        var waited = TimeSpan.Zero;
        try
        {
            var wait = Reserve();
            while (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
                waited += wait;
                wait = RemainingPause();
            }

            return waited;
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _active--;
            Admit();
        }
    }

    /// <summary>Slows down. Warnings within a second of each other are one warning.</summary>
    public void Warn()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now - _warnedAt < SameWarning)
                return;
            _shareAtWarning = Math.Max(SmallestShare, ShareAt(now) / 2);
            _warnedAt = now;
        }
    }

    /// <summary>Keeps to the rate of refilling while little is left, so that the bucket is never found empty.</summary>
    public void Follow(TokenBucket bucket)
    {
        lock (_gate)
        {
            if (bucket.IsLow || bucket.Left <= maxConcurrency)
            {
                _ceiling = bucket.PerSecond;
                var next = clock.GetUtcNow() + TimeSpan.FromSeconds(1 / bucket.PerSecond);
                if (_nextFree < next)
                    _nextFree = next;
            }
            else if (bucket.IsFull)
            {
                _ceiling = double.PositiveInfinity;
            }
        }
    }

    /// <summary>Lets nothing through for a while.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_gate)
        {
            var until = clock.GetUtcNow() + time;
            if (until > _pausedUntil)
                _pausedUntil = until;
        }
    }

    private async Task TakePlaceAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.AddLast(place);
            Admit();
        }

        await using var registration = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await place.Task;
    }

    private void Admit()
    {
        var limit = Math.Max(1, (int)Math.Ceiling(maxConcurrency * ShareAt(clock.GetUtcNow())));
        while (_active < limit && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            if (first.Value.TrySetResult())
                _active++;
        }
    }

    /// <summary>Books the next turn: one turn per interval, with up to a second's worth saved up.</summary>
    private TimeSpan Reserve()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var interval = TimeSpan.FromSeconds(1 / Math.Min(_ceiling, requestsPerSecond * ShareAt(now)));
            // While a bucket is spared, its refilling is the only thing that saves up.
            var saved = double.IsPositiveInfinity(_ceiling) ? TimeSpan.FromSeconds(1) - interval : TimeSpan.Zero;
            var earliest = saved > TimeSpan.Zero ? now - saved : now;
            var turn = _nextFree > earliest ? _nextFree : earliest;
            _nextFree = turn + interval;
            var start = turn > _pausedUntil ? turn : _pausedUntil;
            return start - now;
        }
    }

    private TimeSpan RemainingPause()
    {
        lock (_gate)
            return _pausedUntil - clock.GetUtcNow();
    }

    private double ShareAt(DateTimeOffset now) =>
        _warnedAt == DateTimeOffset.MinValue ? 1 : Math.Min(1, _shareAtWarning + ((now - _warnedAt) / Recovery));
}
