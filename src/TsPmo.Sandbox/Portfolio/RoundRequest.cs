namespace TsPmo.Sandbox.Portfolio;

/// <summary>A stretch of further history.</summary>
/// <param name="Seed">Decides what happens.</param>
/// <param name="Acts">How many acts in each tracker.</param>
/// <param name="Minutes">The acts are spread over this many minutes of the sandbox's clock, at least 1.</param>
/// <param name="Deletions">Whether items may be deleted.</param>
/// <param name="Moves">Whether items may move to another project; Jira only.</param>
/// <param name="Renames">Whether statuses and people may get other names; Jira only.</param>
/// <param name="Hidings">Whether items may be hidden from the token and shown again; Jira only.</param>
public sealed record RoundRequest(ulong Seed, int Acts, int Minutes, bool Deletions = false, bool Moves = false, bool Renames = false, bool Hidings = false)
{
    /// <summary>A round in which everything may happen that a round knows.</summary>
    public static RoundRequest OfEverything(ulong seed, int acts, int minutes) => new(seed, acts, minutes, Deletions: true, Moves: true, Renames: true, Hidings: true);
}
