using System.Globalization;
using System.Text;

namespace TsPmo.Plugins.Connectors.Jira;

/// <summary>Text of JQL queries. Values are quoted, so that none changes what a query means; only numbers of issues stand as they are.</summary>
internal static class JiraQuery
{
    /// <summary>What every query ends with: an order that does not change while pages are read.</summary>
    public const string Ordered = " ORDER BY id ASC";

    /// <summary>Time before the last seen update that is read again: search answers lag behind writes.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan WidestZone = TimeSpan.FromHours(24);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(14);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A quoted value.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (char.IsControl(c))
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A condition for any of some values. There must be one. An issue's id is a number: in quotes Jira takes it for a key.</summary>
    public static string AnyOf(string field, IEnumerable<string> values) =>
        $"{field} in ({string.Join(", ", values.Select(v => field == "id" && v.Length > 0 && v.All(char.IsAsciiDigit) ? v : Quote(v)))})";

    /// <summary>
    /// Everything of the projects read before that was updated since, and everything of those that are new.
    /// </summary>
    /// <param name="known">Projects that were read completely before.</param>
    /// <param name="added">Projects that were not.</param>
    /// <param name="since">Last update seen; null when nothing was read before.</param>
    /// <param name="zone">The zone in which the server reads our dates; null when it is not known.</param>
    /// <param name="oldest">Oldest day of interest; null: all.</param>
    public static string Issues(IReadOnlyList<string> known, IReadOnlyList<string> added, DateTimeOffset? since, TimeZoneInfo? zone, DateOnly? oldest)
    {
        var parts = new List<string>(2);
        if (known.Count > 0 && since is { } instant)
            parts.Add($"{AnyOf("project", known)} AND updated >= {Quote(Literal(instant - Overlap, zone))}");
        var whole = since is null ? [.. known, .. added] : added;
        if (whole.Count > 0)
            parts.Add(Whole(whole, oldest));
        return (parts.Count == 1 ? parts[0] : string.Join(" OR ", parts.Select(p => $"({p})"))) + Ordered;
    }

    /// <summary>Everything of a project that is read at all, or what of it fulfils a condition.</summary>
    /// <param name="project">Key of the project.</param>
    /// <param name="oldest">Oldest day of interest; null: all.</param>
    /// <param name="condition">A condition as an administrator wrote it; null: none.</param>
    public static string All(string project, DateOnly? oldest, string? condition = null) =>
        Whole([project], oldest) + (condition is null ? "" : $" AND ({condition})") + Ordered;

    /// <summary>What of a project is older than what is read.</summary>
    public static string Older(string project, DateOnly oldest) => $"{AnyOf("project", [project])} AND updated < {Day(oldest)}{Ordered}";

    /// <summary>The earliest update that a query for what was updated since may show, whatever zone an unknown one is.</summary>
    public static DateTimeOffset Earliest(DateTimeOffset since, TimeZoneInfo? zone) =>
        Before(since - Overlap, zone) - Minute - (zone is null ? FurthestAhead : TimeSpan.Zero);

    /// <summary>The beginning of the next minute, which no query for what was updated since can tell from what came before in its own.</summary>
    public static DateTimeOffset MinuteAfter(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % Minute.Ticks) + Minute.Ticks, TimeSpan.Zero);

    /// <summary>
    /// A date literal that means the instant or a little before it: minutes are the finest unit, an hour that the clocks show twice is
    /// taken to be the first, and without a known zone a whole day is added.
    /// </summary>
    public static string Literal(DateTimeOffset instant, TimeZoneInfo? zone) =>
        TimeZoneInfo.ConvertTime(Before(instant, zone), zone ?? TimeZoneInfo.Utc).ToString("yyyy/MM/dd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Before(DateTimeOffset instant, TimeZoneInfo? zone)
    {
        if (zone is null)
            return instant - WidestZone;
        while (zone.IsAmbiguousTime(instant))
            instant = instant.AddMinutes(-30);
        return instant;
    }

    private static string Whole(IReadOnlyList<string> projects, DateOnly? oldest) =>
        AnyOf("project", projects) + (oldest is { } day ? $" AND updated >= {Day(day)}" : "");

    private static string Day(DateOnly day) => Quote(day.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture));
}
