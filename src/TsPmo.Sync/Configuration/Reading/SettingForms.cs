using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Quartz;

namespace TsPmo.Sync.Configuration.Reading;

/// <summary>The forms that a text can be required to have, by the name that <see cref="Model.SettingAttribute.Form"/> gives them.</summary>
internal static class SettingForms
{
    /// <summary>Longest time that one pattern of the administrator's may take on one name.</summary>
    public static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, (Func<string, bool> Holds, Mistake Mistake)> Forms = new(StringComparer.Ordinal)
    {
        ["cron"] = (text => CronExpression.TryParse(text, out _),
            new("is not a Quartz cron expression", "write seconds, minutes, hours, day of month, month, day of week, such as 0 0/10 * * * ?")),
        ["regex"] = (IsPattern, new("is not a regular expression of .NET", "write one, such as (?i)^prod")),
        ["zone"] = (IsZone, new("is not an IANA time zone", "write one, such as Europe/Zurich")),
        ["culture"] = (IsCulture, new("is not a culture", "write its name, such as en-GB")),
        ["time-range"] = (text => TimeRange(text) is not null, new("is not a range of times of day", "write HH:mm-HH:mm with two different times, such as 18:00-07:00, or nothing")),
        ["date-range"] = (text => DateRange(text) is not null, new("is not a range of days", "write first/last, such as 2026-07-13/2026-07-24, or a single day")),
        ["currency"] = (text => text.Length == 3 && text.All(char.IsAsciiLetterUpper), new("is not a currency code", "write the three letters of ISO 4217, such as EUR")),
        ["account"] = (text => text.IndexOf(':', StringComparison.Ordinal) > 0 && !text.EndsWith(':'), new("is not an account", "write connector:account")),
        ["network"] = (text => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _), new("is not an address of a machine or network", "write one, such as 10.0.0.5 or 10.0.0.0/8")),
        ["path"] = (text => text.StartsWith('/') && !text.EndsWith('/') && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal),
            new("is not a path", "begin it with a slash and do not end it with one, such as /pmo, or leave it empty")),
        ["urls"] = (text => ListenAddresses(text) is not null, new("is not a list of addresses to listen on", "write http://HOST:PORT, more of them joined by semicolons, such as http://127.0.0.1:5080")),
    };

    /// <summary>The mistake in a text that must have a form; an empty text or an unnamed form is none.</summary>
    public static Mistake? Check(string form, string text) =>
        text.Length > 0 && Forms.TryGetValue(form, out var known) && !known.Holds(text) ? known.Mistake : null;

    /// <summary>The mistake in an address to call: it must be web, and must not carry a credential or a fragment.</summary>
    public static Mistake? CheckAddress(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            return new("is not a web address", "begin it with https://");
        if (address.UserInfo.Length > 0)
            return new("carries a user or password", "take them out of the address and write them under Auth");
        return address.Query.Length > 0 || address.Fragment.Length > 0 ? new("carries a query or fragment", "end it before the ? or #") : null;
    }

    /// <summary>Both ends of "HH:mm-HH:mm", the second exclusive; null when it is none.</summary>
    public static (TimeOnly From, TimeOnly To)? TimeRange(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2 && Time(parts[0]) is { } from && Time(parts[1]) is { } to && from != to ? (from, to) : null;
    }

    /// <summary>Both ends, inclusive, of "first/last" or of a single day; null when it is none.</summary>
    public static (DateOnly First, DateOnly Last)? DateRange(string text)
    {
        var parts = text.Split('/');
        return parts.Length <= 2 && Day(parts[0]) is { } first && Day(parts[^1]) is { } last && first <= last ? (first, last) : null;
    }

    /// <summary>Addresses to listen on; null when one is none.</summary>
    public static IReadOnlyList<Uri>? ListenAddresses(string text)
    {
        var addresses = new List<Uri>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Kestrel reads + and * as "every address", which no URI parser takes.
            var readable = part.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(readable, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.PathAndQuery != "/")
                return null;
            addresses.Add(uri);
        }

        return addresses.Count == 0 ? null : addresses;
    }

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant, PatternTimeout);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Names of Windows are found on every system too, but mean different zones in different places. UTC is a name in both.</summary>
    private static bool IsZone(string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId && (text == "UTC" || !TimeZoneInfo.TryConvertWindowsIdToIanaId(text, out _));

    private static bool IsCulture(string text)
    {
        try
        {
            return CultureInfo.GetCultureInfo(text, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
