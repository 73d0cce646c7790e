using System.Globalization;
using TsPmo.Testing.Apps;

namespace TsPmo.Benchmarks;

/// <summary>The most memory that a process ever had resident, as the operating system keeps it.</summary>
internal static class Peak
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Follows a process to its end and gives its peak in bytes.</summary>
    public static async Task<long> OfAsync(TspmoProcess process, CancellationToken cancellation)
    {
        long peak = 0;
        using var timer = new PeriodicTimer(Interval);
        while (!process.HasExited && await timer.WaitForNextTickAsync(cancellation))
            peak = Math.Max(peak, await ReadAsync(process.Id, cancellation));
        return peak;
    }

    private static async Task<long> ReadAsync(int process, CancellationToken cancellation)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync($"/proc/{process}/status", cancellation);
            var kilobytes = lines.FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1];
            return kilobytes is null ? 0 : long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
