using TsPmo.Model;

namespace TsPmo.Plugins.Http;

/// <summary>Carries a problem from deep inside a client to the connector's or publisher's edge, where it becomes a value again. It never leaves the plug-in.</summary>
internal sealed class TrackerException(Problem problem, int? status = null) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;

    /// <summary>HTTP status of the answer, where there was one.</summary>
    public int? Status { get; } = status;

    /// <summary>How long the server asked us to wait; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the request may have had its effect although no usable answer came back.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Whether an answer was more than can be taken; asking for less may help.</summary>
    public bool IsTooMuch { get; init; }
}
