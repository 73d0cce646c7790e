using System.Globalization;

namespace TsPmo.Sandbox.Jira.Http;

/// <summary>The ways in which Jira writes an instant.</summary>
internal static class JiraTime
{
    /// <summary>Local time with an offset that has no colon, as in issues, comments and histories.</summary>
    public static string Text(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset;
        return string.Create(CultureInfo.InvariantCulture,
            $"{local:yyyy-MM-dd'T'HH:mm:ss.fff}{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{Math.Abs(offset.Minutes):00}");
    }

    /// <summary>UTC with a Z, as in the cloud's sprints.</summary>
    public static string Zulu(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Local time with a colon in the offset, as in the sprints of Data Center.</summary>
    public static string Colon(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text Jira shows people: eight hours make a day, five days a week.</summary>
    public static string Duration(int seconds)
    {
        (int Size, string Unit)[] units = [(144000, "w"), (28800, "d"), (3600, "h"), (60, "m")];
        var parts = new List<string>();
        foreach (var (size, unit) in units)
        {
            if (seconds / size is > 0 and var count)
                parts.Add(count.ToString(CultureInfo.InvariantCulture) + unit);
            seconds %= size;
        }
        return parts.Count == 0 ? "0m" : string.Join(' ', parts);
    }
}
