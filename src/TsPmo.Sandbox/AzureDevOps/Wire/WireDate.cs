using System.Globalization;

namespace TsPmo.Sandbox.AzureDevOps.Wire;

/// <summary>How instants are spelt: as many fractional digits as are needed, so the length varies.</summary>
internal static class WireDate
{
    /// <summary>Stands for "none" in classic releases; without a zone, as the real one sends it.</summary>
    public const string None = "0001-01-01T00:00:00";

    /// <summary>Stands for "still so".</summary>
    public static readonly DateTimeOffset OpenEnd = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Work tracking keeps milliseconds: none to three digits.</summary>
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string? Write(DateTimeOffset? at) => at is { } instant ? Write(instant) : null;

    /// <summary>Pipelines keep ticks: the digits below the millisecond follow from the instant, none to seven in all.</summary>
    public static string? WriteFine(DateTimeOffset? at)
    {
        if (at is not { } instant)
            return null;
        var below = (int)(instant.UtcTicks / TimeSpan.TicksPerMillisecond % 8) switch { 0 => 1234567, 1 => 5000, 2 => 100, 3 => 70, 4 => 1, 5 => 4321, _ => 0 };
        return Write(instant.AddTicks(below % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>A calendar day at midnight.</summary>
    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads ISO 8601 and RFC 1123; what names no zone is UTC.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
