using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Model.Tests.Publishing;

public sealed class TemplateTests
{
    [Fact]
    public void Words_and_placeholders_come_in_their_order_and_doubled_braces_are_braces()
    {
        var text = Parsed("Late by {schedule.svt:number} {{days}}, {rag.overall:words gut|na ja|schlecht|?}", out var flaws);

        flaws.ShouldBeEmpty();
        text.Parts.Select(p => p is PlainText plain ? plain.Text : ((Placeholder)p).Name).ShouldBe(["Late by ", "schedule.svt", " {days}, ", "rag.overall"]);
        text.Placeholders.Select(p => p.Form).ShouldBe([PlaceholderForm.Number, PlaceholderForm.Words]);
        text.Placeholders.Last().Words.ShouldBe(["gut", "na ja", "schlecht", "?"]);
    }

    [Theory]
    [InlineData("{schedule.svt", "single '{'")]
    [InlineData("schedule.svt}", "single '}'")]
    [InlineData("{schedule.svt:loud}", "form 'loud'")]
    [InlineData("{rag.overall:words a|b}", "neither three nor four")]
    public void What_is_not_understood_is_named(string written, string said)
    {
        Parsed(written, out var flaws);

        flaws.ShouldHaveSingleItem().What.ShouldContain(said);
    }

    [Fact]
    public void A_template_is_a_title_and_statements_with_the_occasion_that_their_first_character_says()
    {
        var flaws = new List<TemplateFlaw>();
        var template = ReportTemplate.Parse("project", "# a remark\n\n{project.name}\nStatus: {rag.overall}\n? Cost: {cost.cv}\n! Data: old\n* {project.name}: {rag.overall}\nno colon {link}\n", flaws);

        flaws.ShouldBeEmpty();
        template.Title.Placeholders.Single().Name.ShouldBe("project.name");
        template.Lines.Select(l => l.Occasion).ShouldBe([LineOccasion.Always, LineOccasion.IfKnown, LineOccasion.WhenStale, LineOccasion.PerProject, LineOccasion.Always]);
        template.Lines.Select(l => l.Label.Parts.Count).ShouldBe([1, 1, 1, 1, 0]);
        template.Lines[3].Label.Alone.ShouldNotBeNull().Name.ShouldBe("project.name");
    }

    [Fact]
    public void A_mistake_is_told_with_its_line_and_an_empty_template_is_one()
    {
        var flaws = new List<TemplateFlaw>();
        ReportTemplate.Parse("project", "{project.name}\n\nStatus: {oops", flaws);
        flaws.ShouldHaveSingleItem().Line.ShouldBe(3);

        flaws.Clear();
        ReportTemplate.Parse("project", "# nothing\n", flaws);
        flaws.ShouldHaveSingleItem().What.ShouldBe("says nothing");
    }

    private static TemplateText Parsed(string text, out List<TemplateFlaw> flaws)
    {
        flaws = [];
        return TemplateText.Parse(text, flaws);
    }
}
