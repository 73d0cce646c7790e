using System.Collections.Concurrent;

namespace TsPmo.Plugins.Http;

/// <summary>
/// Holds back single parts of the traffic that the server has limited, and nothing else. A lane that was never limited, or has recovered, costs nothing.
/// </summary>
internal sealed class Lanes(int maxConcurrency, TimeProvider clock)
{
    private static readonly TimeSpan PauseWhenNotTold = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Throttle> _limited = new(StringComparer.Ordinal);

    /// <summary>Waits until the request's limited lanes let it through.</summary>
    public async Task<Passage> EnterAsync(IReadOnlyList<Lane> lanes, CancellationToken cancellationToken)
    {
        var entered = new List<Throttle>();
        var waited = TimeSpan.Zero;
        try
        {
            foreach (var lane in lanes)
            {
                if (!_limited.TryGetValue(lane.Name, out var throttle))
                    continue;
                if (throttle.IsAtEase)
                {
                    _limited.TryRemove(new(lane.Name, throttle));
                    continue;
                }

                waited += await throttle.EnterAsync(cancellationToken);
                entered.Add(throttle);
            }

            return new(entered, waited);
        }
        catch
        {
            entered.ForEach(t => t.Leave());
            throw;
        }
    }

    /// <summary>Slows one lane down and, for a start, stops it.</summary>
    public void Limit(Lane lane, TimeSpan? pause)
    {
        var throttle = _limited.GetOrAdd(lane.Name, _ => new Throttle(maxConcurrency, lane.RequestsPerSecond, clock));
        throttle.Warn();
        throttle.Pause(pause ?? PauseWhenNotTold);
    }

    /// <summary>A request on its way through its lanes.</summary>
    public sealed class Passage(IReadOnlyList<Throttle> entered, TimeSpan waited) : IDisposable
    {
        /// <summary>How long the lanes held it back.</summary>
        public TimeSpan Waited => waited;

        public void Dispose()
        {
            foreach (var throttle in entered)
                throttle.Leave();
        }
    }
}
