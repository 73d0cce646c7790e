namespace TsPmo.Model.Delivery;

/// <summary>What looks like deployments to production by its name and counts as none under the project's rules: a hint that a rule may be missing.</summary>
/// <param name="Name">The environment, or the pipeline, and of which kind it is ("environment \"eu-prod\"").</param>
/// <param name="Why">Why it does not count, in words.</param>
/// <param name="At">When each of them ended, or began where it has not ended; rising.</param>
public sealed record NearMiss(string Name, string Why, IReadOnlyList<DateTimeOffset> At);
