namespace TsPmo.Testing.Truth;

/// <summary>A pass that came to its end.</summary>
/// <param name="Began">The sandbox's time at its beginning.</param>
/// <param name="Ended">The sandbox's time at its end.</param>
/// <param name="Swept">Whether it looked for what is gone.</param>
public sealed record TruthPass(DateTimeOffset Began, DateTimeOffset Ended, bool Swept);
