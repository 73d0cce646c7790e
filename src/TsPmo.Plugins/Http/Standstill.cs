using TsPmo.Model;

namespace TsPmo.Plugins.Http;

/// <summary>
/// A failure that makes every further request pointless for a while: a refused sign-in, where trying on may lock the account out, or a spent quota.
/// Until it is over, requests fail with it without being sent.
/// </summary>
internal sealed class Standstill(TimeProvider clock)
{
    /// <summary>Time after which a refused sign-in may be tried again without a new pass.</summary>
    public static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(5);

    private sealed record Cause(Problem Problem, int? Status, DateTimeOffset Until, bool IsSignIn);

    private volatile Cause? _cause;

    /// <summary>The failure in force; null when there is none.</summary>
    public TrackerException? Now
    {
        get
        {
            var cause = _cause;
            if (cause is null || cause.Until <= clock.GetUtcNow())
                return null;
            return new(cause.Problem, cause.Status) { RetryAfter = cause.IsSignIn ? null : cause.Until - clock.GetUtcNow() };
        }
    }

    /// <summary>The sign-in was refused.</summary>
    public void Refused(TrackerException failure) => _cause = new(failure.Problem, failure.Status, clock.GetUtcNow() + AfterRefusal, IsSignIn: true);

    /// <summary>Nothing is let through for a time that is too long to sit out.</summary>
    public void Spent(TrackerException failure, TimeSpan time) => _cause = new(failure.Problem, failure.Status, clock.GetUtcNow() + time, IsSignIn: false);

    /// <summary>Lets the sign-in be tried again.</summary>
    public void Forgive()
    {
        if (_cause is { IsSignIn: true })
            _cause = null;
    }
}
