namespace TsPmo.Sandbox.Hosting;

/// <summary>The stand-ins of a sandbox.</summary>
internal static class StandIns
{
    public static IReadOnlyList<StandInSource> All { get; } =
    [
    ];
}
