using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Hyperlink;
using TsPmo.Plugins.Connectors.Jira.Publishing;
using TsPmo.Plugins.Connectors.Jira.Publishing.Property;
using TsPmo.Plugins.Connectors.Jira.Publishing.RemoteLink;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Tests.Connectors;

/// <summary>Whatever titles, names and texts hold, every target's form of a report is plain text within the target's limit, and is known again for ours.</summary>
public sealed partial class HostileTextTests
{
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "[~ada]", "@ada", "@<6f1e8a1c>", "{macro:x|y}", "{{x}}", "=HYPERLINK(\"http://x\")", "+1", "- x", "1. x", "# h", "`code`", "*b*", "_i_", "|c|", "\\", "]]>", "&amp;",
        "[[_TOC_]]", "![x](http://x/y.png)", "#123", "!45", "$x$", "\u202Egnp.exe", "\u2066x\u2069", "\u200B", "\u0000", "\u001B[31m", "\r\n", "\u2028", "\uD83D\uDE00", "\uD800", "\uDC00", "é", " ", "",
        "`tspmo:PAY/epic:000000000000-000000000000`", " · tspmo:PAY/epic:000000000000-000000000000", "TsPmo.Sync · PAY/epic · 000000000000-000000000000",
    ];

    private static Gen<string> Text => Gen.OneOf(
        Gen.ListOf(Gen.Elements(Pieces)).Select(string.Concat),
        ArbMap.Default.ArbFor<string>().Generator.Select(t => t ?? ""),
        Gen.Zip(Gen.Elements(Pieces.Where(p => p.Length > 0).ToArray()), Gen.Choose(100, 100_000)).Select(p => string.Concat(Enumerable.Repeat(p.Item1, (p.Item2 / p.Item1.Length) + 1))));

    private static Gen<StatusReport> Reports =>
        from title in Text
        from lines in Gen.ListOf(Gen.Zip(Text, Text), 6)
        select new StatusReport
        {
            Project = "PAY", Title = title, Lines = [.. lines.Select(l => new StatusLine(l.Item1, l.Item2))], AsOf = DateTimeOffset.UnixEpoch, ContentHash = new string('a', 64),
            Figures = lines.DistinctBy(l => l.Item1).ToDictionary(l => l.Item1, l => l.Item2, StringComparer.Ordinal),
        };

    [Fact]
    public void Lines_are_single_lines_without_control_characters_and_within_the_length() => ForAllReports(report =>
    {
        var lines = PlainText.Lines(report, 2000);
        return string.Join('\n', lines).Length <= 2000 && lines.Count > 0 && lines.All(l => l.Length > 0 && IsPlain(l));
    });

    [Fact]
    public void A_text_in_Markdown_or_HTML_is_ours_untouched_and_holds_no_open_markup() => ForAllReports(report =>
    {
        var ours = new MarkedReport("PAY/epic");
        return ((string[])[ours.Markdown(report, 30_000), ours.Html(report, 30_000)]).All(t => t.Length <= 30_000 && ours.Vouches(t) && ours.Says(t, report))
            && !Open().IsMatch(ours.Markdown(report, 30_000).Replace("\\\\", "", StringComparison.Ordinal))
            && Tags().Matches(ours.Html(report, 30_000)).All(t => t.Value is "<p>" or "</p>" or "<b>" or "</b>" or "<ul>" or "</ul>" or "<li>" or "</li>");
    });

    [Fact]
    public void A_link_of_either_tracker_is_known_again_within_its_limits() => ForAllReports(report =>
    {
        var note = new LinkNote("PAY/epic");
        var link = note.Write(report, new("https://pmo.example/#PAY"));
        var text = LinkText.Of(report, new("https://pmo.example/#PAY"));
        var body = JiraJson.Build(w => w.WriteRawValue(text.Body("PAY/epic", report)));
        return link.Comment.Length <= 255 && IsPlain(link.Comment) && note.Vouches(link) && note.Says(link, report)
            && text.Title.Length is > 0 and <= 255 && text.Summary.Length <= 255 && LinkText.IsUntouched(body) && LinkText.Says(body, report);
    });

    [Fact]
    public void A_property_vouches_for_itself_and_a_document_and_wiki_text_are_read_back_as_they_were() => ForAllReports(report =>
    {
        var lines = PlainText.Lines(report, 5000);
        var value = JiraJson.Build(w => w.WriteRawValue(PropertyValue.Of("PAY/epic", report, 5000)));
        return PropertyValue.IsUntouched(value)
            && WikiText.Read(WikiText.Write([.. lines, "Marker"])) == PlainText.Join([.. lines, "Marker"])
            && AtlassianDocument.Read(JiraJson.Build(w => AtlassianDocument.Write(w, [.. lines, "Marker"]))) == PlainText.Join([.. lines, "Marker"]);
    });

    private static void ForAllReports(Func<StatusReport, bool> holds) =>
        Prop.ForAll(Reports.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static bool IsPlain(string text) => !text.Any(c => char.IsControl(c) || c is '\u202E' or '\u2066' or '\u2069' or '\u200B' or '\u2028')
        && text == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>What begins a mention, a macro, an image, a tag or a reference where no backslash stands before it. Our own list, emphasis and marker aside.</summary>
    [GeneratedRegex(@"(?<!\\)[\[\]<>@#!$|~{}]", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Open();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Tags();
}
