using System.Globalization;
using TsPmo.Sandbox.Jira.State;

namespace TsPmo.Sandbox.Jira.Jql;

/// <summary>
/// Instants in queries. A literal is read in the time zone of the caller's profile, and no literal can say seconds:
/// that is why a client that asks for what changed since an instant must allow for an overlap.
/// </summary>
internal sealed class JqlDates(JiraSite site, List<string> errors)
{
    private static readonly string[] _formats = ["yyyy/MM/dd HH:mm", "yyyy-MM-dd HH:mm", "yyyy/MM/dd", "yyyy-MM-dd"];

    public Func<JiraIssue, bool> Test(string field, string op, IReadOnlyList<JqlValue> values, Func<JiraIssue, DateTime?> local) =>
        Test(field, op, values, i => local(i) is { } time ? Instant(time) : (DateTimeOffset?)null);

    public Func<JiraIssue, bool> Test(string field, string op, IReadOnlyList<JqlValue> values, Func<JiraIssue, DateTimeOffset?> value)
    {
        if (op is "is" or "is not")
            return i => value(i) is null == (op == "is");
        if (values.Count != 1 || Read(values[0]) is not { } limit)
            return Invalid(field, values);
        return op switch
        {
            ">=" => i => value(i) >= limit,
            ">" => i => value(i) > limit,
            "<=" => i => value(i) <= limit,
            "<" => i => value(i) < limit,
            "=" => i => value(i) is { } at && at >= limit && at < limit.AddMinutes(1),
            "!=" => i => value(i) is { } at && !(at >= limit && at < limit.AddMinutes(1)),
            _ => Unsupported(field, op),
        };
    }

    private DateTimeOffset? Read(JqlValue value)
    {
        if (value.IsFunction)
            return string.Equals(value.Text, "now", StringComparison.OrdinalIgnoreCase) ? site.Now : null;
        if (DateTime.TryParseExact(value.Text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return Instant(local);
        return Relative(value.Text) is { } back ? site.Now + back : null;
    }

    /// <summary>
    /// A literal inside the time that summer time skips counts by the offset before the skip. One that a clock shows twice means the second
    /// time, as Java's calendar has it, unless the site is set up to mean the first: which of the two Jira means is not documented.
    /// </summary>
    private DateTimeOffset Instant(DateTime local)
    {
        var zone = site.Zone;
        var offset = zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3))
            : site.Switches.AmbiguousIsFirst && zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
    }

    /// <summary>Periods such as -15m, 4w 2d or -1d 3h: the sign at the front holds for all parts.</summary>
    private static TimeSpan? Relative(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var sum = TimeSpan.Zero;
        var parts = text.TrimStart('-', '+').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (!int.TryParse(part.AsSpan(0, part.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || Unit(part[^1]) is not { } unit)
                return null;
            sum += count * unit;
        }
        return parts.Length == 0 ? null : sign * sum;
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };

    private Func<JiraIssue, bool> Invalid(string field, IReadOnlyList<JqlValue> values)
    {
        errors.Add($"Date value '{string.Join(", ", values.Select(v => v.Text))}' for field '{field}' is invalid. "
            + "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.");
        return _ => false;
    }

    private Func<JiraIssue, bool> Unsupported(string field, string op)
    {
        errors.Add($"The operator '{op}' is not supported by the '{field}' field.");
        return _ => false;
    }
}
