using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Plugins.Connectors.Jira.Publishing;
using TsPmo.Plugins.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraWireTests
{
    private static readonly Gen<string> Name = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)
        .Select(s => s.Replace(",id=", ", ID ", StringComparison.Ordinal));

    private static readonly Gen<string> Part = Gen.Elements(
        ",", "[", "]", "=", "<null>", ",x=", "]]", "[id=", "id=5", ", name", "=,", "ACTIVE", "@", "\n", "é", "Sprint 7", " ");

    /// <summary>Free text with everything but what reads exactly like another member.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(Name.Where(t => !t.Contains(',')), Gen.ListOf(Part).Select(p => string.Concat(p)))
        .Where(t => !Array.Exists(["id=", "name", "ACTIVE"], m => t.Contains("," + m, StringComparison.Ordinal)));

    /// <summary>Free text that imitates members too.</summary>
    private static readonly Gen<string> Hostile = Gen.OneOf(Name, Gen.ListOf(Gen.OneOf(Part, Gen.Elements(",id=5", ",goal=", ",name=x", ",state=CLOSED", ",sequence=9", ",rapidViewId=3")))
        .Select(p => string.Concat(p)));

    private static readonly Gen<DateTimeOffset> Instants = Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Choose(0, 9_999_999))
        .Select(c => DateTimeOffset.FromUnixTimeSeconds(c.Item1).AddTicks(c.Item2));

    [Theory]
    [InlineData("2026-03-02T08:00:00.125+0100", "2026-03-02T07:00:00.125Z")]
    [InlineData("2026-03-02T08:00:00.125-0330", "2026-03-02T11:30:00.125Z")]
    [InlineData("2026-03-02T08:00:00.125+01:00", "2026-03-02T07:00:00.125Z")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00.000Z")]
    [InlineData("2026-03-02T08:00:00.1234567Z", "2026-03-02T08:00:00.123Z")]
    public void Time_is_read_in_every_form_it_is_told(string text, string utc) =>
        JiraTime.Instant(text)!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture).ShouldBe(utc);

    [Fact]
    public void Every_instant_is_read_back_from_milliseconds_and_in_every_form_of_fraction_and_offset() => Prop.ForAll(
        Gen.Zip(Instants, Gen.Zip(Gen.Choose(0, 9), Gen.Zip(Gen.Choose(-14 * 60, 14 * 60), Gen.Choose(0, 3)))).ToArbitrary(), c =>
        {
            var (instant, (digits, (minutes, form))) = c;
            var told = new DateTimeOffset(instant.Ticks - (instant.Ticks % (long)Math.Pow(10, Math.Max(0, 7 - digits))), TimeSpan.Zero);
            var text = Written(told, digits, TimeSpan.FromMinutes(form < 2 ? minutes : form == 2 ? minutes / 60 * 60 : 0), form);
            var whole = DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
            return JiraTime.Instant(text) == told && JiraTime.Instant(JsonSerializer.SerializeToElement(instant.ToUnixTimeMilliseconds())) == whole;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_no_time_throws_nothing() => Prop.ForAll(
        Gen.Zip(Name, Gen.Zip(Instants, Gen.Choose(0, 40))).ToArbitrary(), c =>
        {
            var broken = Written(c.Item2.Item1, 9, TimeSpan.Zero, 0);
            var at = Math.Min(c.Item2.Item2, broken.Length);
            JiraTime.Instant(c.Item1);
            JiraTime.Date(c.Item1);
            JiraTime.Instant(broken[..at]);
            JiraTime.Instant(broken.Insert(at, c.Item1));
            return JiraTime.Instant(JiraAtWork.Json("1e400")) is null && JiraTime.Instant(JiraAtWork.Json("9223372036854775807")) is null;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-03-02")]
    public void What_is_no_time_is_none(string text) => JiraTime.Instant(text).ShouldBeNull();

    /// <summary>Where the id stands first nothing behind it is believed; where it stands last nothing before it is.</summary>
    [Fact]
    public void The_id_of_a_printed_sprint_is_found_whatever_its_name_and_goal_hold() => Prop.ForAll(
        Gen.Zip(Gen.Choose(1, int.MaxValue), Gen.Zip(Hostile, Hostile)).ToArbitrary(), c =>
        {
            var (id, (name, goal)) = c;
            var first = $"com.atlassian.greenhopper.service.sprint.Sprint@1f[id={id},rapidViewId=1,state=ACTIVE,name={name},completeDate=<null>,sequence=7,goal={goal}]";
            var last = $"com.atlassian.greenhopper.service.sprint.Sprint@1f[rapidViewId=1,state=ACTIVE,name={name},completeDate=<null>,sequence=7,goal={goal},id={id}]";
            return PrintedSprint.Read(first)?.Id == $"{id}" && PrintedSprint.Read(last)?.Id == $"{id}";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_counts_of_a_printed_sprint_comes_back_in_whatever_order_its_members_stand_and_whatever_its_name_and_goal_hold()
    {
        string[] members = ["id", "rapidViewId", "state", "name", "startDate", "endDate", "completeDate", "activatedDate", "sequence", "goal", "synced", "autoStartStop"];
        var cases = Gen.Zip(Gen.Zip(Gen.Choose(1, int.MaxValue), Instants), Gen.Zip(Gen.Zip(Text, Text), Gen.Shuffle(members)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var ((id, at), ((name, goal), order)) = c;
            var sprint = PrintedSprint.Read($"x.Sprint@7[{string.Join(',', order.Select(m => $"{m}={Value(m, id, at, name, goal)}"))}]");
            return sprint == new PrintedSprint($"{id}", 12, "CLOSED", DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Whatever_stands_in_a_sprint_field_throws_nothing() => Prop.ForAll(
        Gen.OneOf(Hostile, Hostile.Select(t => "[id=" + t), Hostile.Select(t => $"[{t}]")).ToArbitrary(), text =>
            PrintedSprint.Read(text) is null or { Id.Length: > 0 }).QuickCheckThrowOnFailure();

    [Fact]
    public void Histories_come_out_the_same_whatever_the_split_the_order_and_the_repetition() => Prop.ForAll(
        Gen.ListOf(Gen.Zip(Gen.Choose(1, 3), Gen.Choose(1, 20))).ToArbitrary(), entries =>
        {
            var inOrder = Merged(entries);
            var shuffled = Merged(Enumerable.Reverse(entries).Concat(entries));
            return inOrder == shuffled;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_in_a_wiki_comment_is_read_back_as_it_was_and_holds_no_open_markup() => Prop.ForAll(Lines.ToArbitrary(), lines =>
    {
        var markup = WikiText.Write(lines);
        return WikiText.Read(markup) == PlainText.Join(lines) && !HasOpen(markup, "[~") && !HasOpen(markup, "{");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_in_a_document_comment_is_read_back_as_it_was() => Prop.ForAll(Lines.ToArbitrary(), lines =>
        AtlassianDocument.Read(JiraJson.Build(w => AtlassianDocument.Write(w, lines))) == PlainText.Join(lines)).QuickCheckThrowOnFailure();

    private static Gen<IReadOnlyList<string>> Lines =>
        from texts in Gen.ListOf(Name)
        let lines = texts.Select(t => PlainText.OneLine(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)))).Where(t => t.Length > 0).ToList()
        select (IReadOnlyList<string>)["Title {x} [~ada]", .. lines, "Marker"];

    private static string Value(string member, int id, DateTimeOffset at, string name, string goal) => member switch
    {
        "id" => $"{id}",
        "rapidViewId" => "12",
        "state" => "CLOSED",
        "name" => name,
        "goal" => goal,
        "startDate" or "completeDate" => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        "endDate" => at.ToOffset(TimeSpan.FromHours(-3)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        "sequence" => "7",
        "synced" => "false",
        _ => "<null>",
    };

    /// <summary>Writes an instant with so many digits of a second in one of four forms of offset: without colon, with one, hours alone, Z.</summary>
    private static string Written(DateTimeOffset instant, int digits, TimeSpan offset, int form)
    {
        var local = instant.ToOffset(offset);
        var fraction = digits == 0 ? "" : "." + local.ToString("fffffff", CultureInfo.InvariantCulture).PadRight(9, '0')[..digits];
        var zone = local.ToString("zzz", CultureInfo.InvariantCulture);
        var shown = form switch { 0 => zone.Remove(3, 1), 1 => zone, 2 => zone[..3], _ => "Z" };
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + fraction + shown;
    }

    private static bool HasOpen(string markup, string sign)
    {
        var at = markup.IndexOf(sign, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || markup[at - 1] != '\\');
    }

    private static string Merged(IEnumerable<(int Issue, int Entry)> entries)
    {
        var merge = new ChangelogMerge();
        foreach (var (issue, entry) in entries)
            merge.Add($"{issue}", HistoryEntry.Of(JsonSerializer.SerializeToElement(new { id = $"{entry}", created = 1_700_000_000_000L + entry, items = new[] { new { field = "status" } } })));
        return string.Join('|', Enumerable.Range(1, 3).Select(i => string.Join(',', merge.Of($"{i}").Select(Encoding.UTF8.GetString))));
    }
}
