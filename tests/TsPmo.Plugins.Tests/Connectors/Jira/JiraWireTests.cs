using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Plugins.Connectors.Jira.Publishing.Comment;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

public sealed class JiraWireTests
{
    private static readonly Gen<string> Name = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)
        .Select(s => s.Replace(",id=", ", ID ", StringComparison.Ordinal));

    [Theory]
    [InlineData("2026-03-02T08:00:00.125+0100", "2026-03-02T07:00:00.125Z")]
    [InlineData("2026-03-02T08:00:00.125-0330", "2026-03-02T11:30:00.125Z")]
    [InlineData("2026-03-02T08:00:00.125+01:00", "2026-03-02T07:00:00.125Z")]
    [InlineData("2026-03-02T08:00:00Z", "2026-03-02T08:00:00.000Z")]
    [InlineData("2026-03-02T08:00:00.1234567Z", "2026-03-02T08:00:00.123Z")]
    public void Time_is_read_in_every_form_it_is_told(string text, string utc) =>
        JiraTime.Instant(text)!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(utc);

    [Fact]
    public void Every_instant_is_read_back_from_text_and_from_milliseconds() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Choose(-14 * 60, 14 * 60)).ToArbitrary(), c =>
        {
            var instant = DateTimeOffset.FromUnixTimeMilliseconds(1_000L * c.Item1 + (c.Item1 % 1000));
            var local = instant.ToOffset(TimeSpan.FromMinutes(c.Item2));
            var text = local.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture).Remove(26, 1);
            return JiraTime.Instant(text) == instant && JiraTime.Instant(JsonSerializer.SerializeToElement(instant.ToUnixTimeMilliseconds())) == instant;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-03-02")]
    public void What_is_no_time_is_none(string text) => JiraTime.Instant(text).ShouldBeNull();

    [Fact]
    public void The_id_of_a_printed_sprint_is_found_whatever_its_name_and_goal_hold() => Prop.ForAll(
        Gen.Zip(Gen.Choose(1, int.MaxValue), Gen.Zip(Name, Name)).ToArbitrary(), c =>
        {
            var (id, (name, goal)) = (c.Item1, c.Item2);
            var first = $"com.atlassian.greenhopper.service.sprint.Sprint@1f[id={id},rapidViewId=1,state=ACTIVE,name={name},completeDate=<null>,sequence=7,goal={goal}]";
            var last = $"com.atlassian.greenhopper.service.sprint.Sprint@1f[rapidViewId=1,state=ACTIVE,name={name},completeDate=<null>,sequence=7,goal={goal},id={id}]";
            var text = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return PrintedSprint.Read(first)?.Id == text && PrintedSprint.Read(last)?.Id == text;
        }).QuickCheckThrowOnFailure();

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
        return WikiText.Read(markup) == CommentText.Join(lines) && !HasOpen(markup, "[~") && !HasOpen(markup, "{");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_in_a_document_comment_is_read_back_as_it_was() => Prop.ForAll(Lines.ToArbitrary(), lines =>
        AtlassianDocument.Read(JiraJson.Build(w => AtlassianDocument.Write(w, lines))) == CommentText.Join(lines)).QuickCheckThrowOnFailure();

    private static Gen<IReadOnlyList<string>> Lines =>
        from texts in Gen.ListOf(Name)
        let lines = texts.Select(t => CommentText.OneLine(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)))).Where(t => t.Length > 0).ToList()
        select (IReadOnlyList<string>)["Title {x} [~ada]", .. lines, "Marker"];

    private static bool HasOpen(string markup, string sign)
    {
        var at = markup.IndexOf(sign, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || markup[at - 1] != '\\');
    }

    private static string Merged(IEnumerable<(int Issue, int Entry)> entries)
    {
        var merge = new ChangelogMerge();
        foreach (var (issue, entry) in entries)
            merge.Add($"{issue}", JsonSerializer.SerializeToElement(new { id = $"{entry}", created = 1_700_000_000_000L + entry, items = new[] { new { field = "status" } } }));
        return string.Join('|', Enumerable.Range(1, 3).Select(i => string.Join(',', merge.Of($"{i}").Select(Encoding.UTF8.GetString))));
    }
}
