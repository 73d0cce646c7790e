using System.Security.Cryptography;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace TsPmo.Plugins.Http;

/// <summary>
/// Up to four repetitions of what may be repeated, waiting as long as the server asks (at least) or twice as long each time, with jitter;
/// and a circuit breaker that leaves a tracker alone which only fails. All on the injected clock.
/// </summary>
internal static class RetryPipeline
{
    /// <summary>Repetitions after the first attempt.</summary>
    public const int Repetitions = 4;

    /// <summary>Longest wait that is sat out; a server that asks for more ends the pass, which goes on in the next.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestOwnWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    // A connection that broke says nothing about the server's load.
    private static readonly TimeSpan FirstWaitWithoutAnswer = TimeSpan.FromMilliseconds(500);
    private static readonly ResiliencePropertyKey<TrackerRequest> RequestKey = new("request");

    public static ResiliencePipeline<TrackerAnswer> Build(TimeProvider clock, Action<TimeSpan> countWait) =>
        new ResiliencePipelineBuilder<TrackerAnswer> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<TrackerAnswer>
            {
                MaxRetryAttempts = Repetitions,
                ShouldHandle = args => new(args.Outcome.Exception is TrackerException e && MayRepeat(e, args.Context)),
                DelayGenerator = args => new(Delay((TrackerException)args.Outcome.Exception!, args.AttemptNumber)),
                OnRetry = args =>
                {
                    countWait(args.RetryDelay);
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<TrackerAnswer>
            {
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromMinutes(3),
                BreakDuration = TimeSpan.FromSeconds(30),
                ShouldHandle = args => new(args.Outcome.Exception is TrackerException { Problem.Retryable: true, Status: not 429 }),
            })
            .Build();

    /// <summary>A context that remembers the request; give it back to the pool.</summary>
    public static ResilienceContext Context(TrackerRequest request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        return context;
    }

    private static bool MayRepeat(TrackerException failure, ResilienceContext context) =>
        failure.Problem.Retryable
        && !(failure.RetryAfter > LongestWait)
        && context.Properties.TryGetValue(RequestKey, out var request) && request.MayBeRepeated;

    private static TimeSpan Delay(TrackerException failure, int attempt)
    {
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero)
            return asked * (1 + (0.1 * Fraction()));
        var first = failure.Status is null ? FirstWaitWithoutAnswer : FirstWait;
        var wait = first * Math.Pow(2, attempt);
        return (wait < LongestOwnWait ? wait : LongestOwnWait) * (0.7 + (0.6 * Fraction()));
    }

    private static double Fraction() => RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20);
}
