namespace TsPmo.Sync.Tests.Contracts;

/// <summary>Where the wire is known to differ from the vendors' documents. One line each; an entry that nothing uses fails the test.</summary>
internal static class Deviations
{
    public static readonly IReadOnlyList<Deviation> All =
    [
    ];
}
