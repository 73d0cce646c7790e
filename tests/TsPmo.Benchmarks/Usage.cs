using System.Globalization;
using TsPmo.Testing.Apps;

namespace TsPmo.Benchmarks;

/// <summary>What a process took of the machine, as the operating system keeps it.</summary>
/// <param name="Memory">The most memory that it ever had resident, in bytes.</param>
/// <param name="Processor">The time that processors worked for it: unlike its duration this hardly depends on what else runs.</param>
internal sealed record Usage(long Memory, TimeSpan Processor)
{
    private const long TicksPerSecond = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Follows a process to its end.</summary>
    public static async Task<Usage> OfAsync(TspmoProcess process, CancellationToken cancellation)
    {
        var usage = new Usage(0, TimeSpan.Zero);
        using var timer = new PeriodicTimer(Interval);
        while (!process.HasExited && await timer.WaitForNextTickAsync(cancellation))
        {
            var (memory, processor) = (await MemoryAsync(process.Id, cancellation), await ProcessorAsync(process.Id, cancellation));
            usage = new(Math.Max(usage.Memory, memory), processor > usage.Processor ? processor : usage.Processor);
        }

        return usage;
    }

    private static async Task<long> MemoryAsync(int process, CancellationToken cancellation)
    {
        var line = (await ReadAsync(process, "status", cancellation)).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : Number(Words(line)[1]) << 10;
    }

    /// <summary>The name comes in brackets and may hold anything; the times are the twelfth and thirteenth words behind it.</summary>
    private static async Task<TimeSpan> ProcessorAsync(int process, CancellationToken cancellation)
    {
        return await ReadAsync(process, "stat", cancellation) is [var line, ..] && Words(line[(line.LastIndexOf(')') + 1)..]) is { Length: > 12 } words
            ? TimeSpan.FromSeconds((double)(Number(words[11]) + Number(words[12])) / TicksPerSecond)
            : TimeSpan.Zero;
    }

    /// <summary>Nothing when it has just ended.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(int process, string what, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllLinesAsync($"/proc/{process}/{what}", cancellation);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
