namespace TsPmo.Sandbox.Portfolio;

/// <summary>A stretch of further history.</summary>
/// <param name="Seed">Decides what happens.</param>
/// <param name="Acts">How many acts in each tracker.</param>
/// <param name="Minutes">The acts are spread over this many minutes of the sandbox's clock, at least 1.</param>
/// <param name="Deletions">Whether items may be deleted.</param>
public sealed record RoundRequest(ulong Seed, int Acts, int Minutes, bool Deletions = false);
