using TsPmo.Model.Facts;

namespace TsPmo.Model.Contracts;

/// <summary>Turns records into facts. Pure: the same record gives the same facts, in any order and any number of times; no clock, no I/O.</summary>
public interface INormaliser
{
    /// <summary>The facts of one record, or the problem that sends it to quarantine. Never throws for what a tracker might send.</summary>
    Normalised Normalise(SourceRecord record);
}

/// <summary>What became of a record.</summary>
/// <param name="Facts">Facts, possibly none.</param>
/// <param name="Problem">Why it (or a part of it) could not be understood; null when all was.</param>
public sealed record Normalised(IReadOnlyList<Fact> Facts, Problem? Problem = null);
