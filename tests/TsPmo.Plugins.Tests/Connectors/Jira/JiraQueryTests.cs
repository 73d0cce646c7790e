using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Plugins.Connectors.Jira;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraQueryTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Australia/Lord_Howe"];

    [Fact]
    public void No_value_changes_what_a_query_means() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(s => s is not null),
        value => Read(JiraQuery.Quote(value)) == value).QuickCheckThrowOnFailure();

    [Fact]
    public void A_date_literal_never_means_later_than_the_instant_and_at_most_two_hours_earlier()
    {
        var instants = Gen.Choose(0, 2 * 366 * 24 * 60 - 1).Select(minute => new DateTimeOffset(2025, 1, 1, 0, 0, 30, TimeSpan.Zero).AddMinutes(minute));
        var cases = Gen.Zip(instants, Gen.Elements(Zones)).ToArbitrary();
        Prop.ForAll(cases, c =>
        {
            var (instant, zone) = (c.Item1, TimeZoneInfo.FindSystemTimeZoneById(c.Item2));
            var local = DateTime.ParseExact(JiraQuery.Literal(instant, zone), "yyyy/MM/dd HH:mm", CultureInfo.InvariantCulture);
            var offsets = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
            return offsets.All(o => new DateTimeOffset(local, o) is var read && read <= instant && instant - read < TimeSpan.FromHours(2));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_hour_that_the_clocks_show_twice_is_read_from_before_the_first()
    {
        var zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        JiraQuery.Literal(new(2026, 10, 25, 1, 30, 0, TimeSpan.Zero), zurich).ShouldBe("2026/10/25 01:30");
    }

    [Fact]
    public void Without_a_known_zone_a_day_is_added() =>
        JiraQuery.Literal(new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), null).ShouldBe("2026/03/01 08:00");

    [Fact]
    public void Known_projects_are_read_from_the_last_update_and_new_ones_whole()
    {
        var since = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        JiraQuery.Issues(["A"], [], since, TimeZoneInfo.Utc, null).ShouldBe("""project in ("A") AND updated >= "2026/03/02 07:55" ORDER BY id ASC""");
        JiraQuery.Issues(["A"], ["B"], since, TimeZoneInfo.Utc, new(2024, 1, 1)).ShouldBe(
            """(project in ("A") AND updated >= "2026/03/02 07:55") OR (project in ("B") AND updated >= "2024/01/01") ORDER BY id ASC""");
        JiraQuery.Issues([], ["A", "B"], null, TimeZoneInfo.Utc, null).ShouldBe("""project in ("A", "B") ORDER BY id ASC""");
    }

    /// <summary>Reads a quoted value by the rules of the query language; null when the text is not exactly one.</summary>
    private static string? Read(string quoted)
    {
        var value = new System.Text.StringBuilder();
        for (var i = 1; i < quoted.Length; i++)
        {
            switch (quoted[i])
            {
                case '"':
                    return i == quoted.Length - 1 && quoted[0] == '"' ? value.ToString() : null;
                case '\\' when quoted[i + 1] == 'u':
                    value.Append((char)int.Parse(quoted.AsSpan(i + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 5;
                    break;
                case '\\':
                    value.Append(quoted[++i]);
                    break;
                default:
                    value.Append(quoted[i]);
                    break;
            }
        }

        return null;
    }
}
