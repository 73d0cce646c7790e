namespace TsPmo.Sandbox.Portfolio;

/// <summary>A stretch of further history.</summary>
/// <param name="Seed">Decides what happens.</param>
/// <param name="Acts">How many acts in each tracker.</param>
/// <param name="Minutes">The acts are spread over this many minutes of the sandbox's clock, at least 1.</param>
/// <param name="Deletions">Whether items may be deleted.</param>
/// <param name="Moves">Whether items may move to another project; in Azure DevOps also to another type.</param>
/// <param name="Renames">Whether people and, in Jira, statuses may get other names.</param>
/// <param name="Hidings">Whether items may be hidden from the token and shown again.</param>
/// <param name="AzureDevOps">
/// Whether the rare things allowed here happen in Azure DevOps too, and there also what only it has: with deletions, items that come back from the recycle bin
/// or are destroyed; with moves, iterations that get other dates.
/// </param>
public sealed record RoundRequest(
    ulong Seed, int Acts, int Minutes, bool Deletions = false, bool Moves = false, bool Renames = false, bool Hidings = false, bool AzureDevOps = false)
{
    /// <summary>A round in which everything may happen that a round knows, in every tracker.</summary>
    public static RoundRequest OfEveryTracker(ulong seed, int acts, int minutes) => OfEverything(seed, acts, minutes) with { AzureDevOps = true };

    /// <summary>A round in which everything may happen that a round knows, and in Azure DevOps nothing rare.</summary>
    public static RoundRequest OfEverything(ulong seed, int acts, int minutes) => new(seed, acts, minutes, Deletions: true, Moves: true, Renames: true, Hidings: true);
}
