using TsPmo.Sandbox.Control;

namespace TsPmo.Testing.Truth;

/// <summary>A share of requests that goes wrong in the ways trackers and what lies before them go wrong.</summary>
internal static class TruthFaults
{
    private static readonly IReadOnlyDictionary<string, string> ComeAgain = new Dictionary<string, string> { ["Retry-After"] = "2" };

    private static readonly (double Part, Func<FaultRule> Rule)[] Kinds =
    [
        (0.08, () => new(FaultAction.RateLimit, Reason: "jira-burst-based")),
        (0.08, () => new(FaultAction.RateLimit, Reason: "jira-per-issue-on-write")),
        (0.08, () => new(FaultAction.RateLimit, Reason: "jira-quota-global-based", RetryAfterSeconds: 30)),
        (0.08, () => new(FaultAction.RateLimit, Reason: "jira-quota-tenant-based", RetryAfterSeconds: 5)),
        (0.08, () => new(FaultAction.Delayed, RetryAfterSeconds: 2)),
        (0.18, () => new(FaultAction.Status, Status: 503, Headers: ComeAgain)),
        (0.18, () => new(FaultAction.Cut)),
        (0.12, () => new(FaultAction.Duplicate)),
        (0.12, () => new(FaultAction.Stale)),
    ];

    /// <summary>Rules that together hit the wanted share of the trackers' requests.</summary>
    public static IEnumerable<FaultRule> Of(TruthPlan plan)
    {
        foreach (var tracker in plan.FaultyTrackers)
        {
            // A request that one rule spares is drawn again by the next, so each is given its part of what is left.
            var left = 1.0;
            foreach (var (part, rule) in Kinds)
            {
                var share = plan.Faults * part;
                yield return rule() with { Tracker = tracker, Probability = share / left, Seed = plan.Seed + (ulong)(1000 * left) };
                left -= share;
            }
        }
    }
}
