using System.Globalization;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;
using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Engine.Tests.Reporting;

public sealed class StatusReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ProjectDefinition Project = new() { Key = "PAYMENTS", Name = "Payments re-platform" };
    private static readonly PublicationDefinition Comment = new() { Name = "epic", Connector = "t", Target = "Comment", Anchor = "PAY-1" };
    private static readonly PublicationDefinition Fields = Comment with
    {
        Target = "Fields",
        Fields = new Dictionary<string, string> { ["Status"] = "{rag.overall}", ["Forecast"] = "{schedule.finish.p85}", ["Variance"] = "SV(t) {schedule.svt}", ["Number"] = "{schedule.svt}" },
    };

    private readonly Dial _dial = new();

    [Fact]
    public void Figures_carry_sign_unit_and_meaning_in_the_configured_culture()
    {
        var report = Compose(Comment, culture: "de-CH");

        report.Title.ShouldBe("Payments re-platform (PAYMENTS)");
        Line(report, "Schedule variance").ShouldBe("-4.5 working days (behind)");
        Line(Compose(Comment, culture: "de-DE"), "Schedule variance").ShouldBe("-4,5 working days (behind)");
        Line(report, "Data as of").ShouldContain("Europe/Zurich");
    }

    [Fact]
    public void What_is_not_measurable_says_why()
    {
        _dial.Value = null;

        Line(Compose(Comment), "Schedule variance").ShouldBe("not measurable: the plan names no baseline");
        Line(Compose(Comment), "Deployments").ShouldBe("not measured");
    }

    [Fact]
    public void The_template_decides_the_language_and_the_order()
    {
        var template = Template("""
            # Bericht
            Projekt {project.name}
            Termin: {schedule.svt:number} Arbeitstage {schedule.svt:words voraus|zurück|im Plan}
            ? Kosten: {cost.cv}
            Ampel: {rag.overall:words grün|gelb|rot|unbekannt}, weil {rag.overall:reason}
            {{kein Platzhalter}}
            """);

        var report = Composer("de-DE", template).Compose(Comment, Subject([.. Results(), Light(Band.Amber, "schedule amber")]), null);

        report.Title.ShouldBe("Projekt Payments re-platform");
        report.Lines.Select(l => l.Label.Length == 0 ? l.Text : $"{l.Label}: {l.Text}").ShouldBe(["Termin: -4,5 Arbeitstage zurück", "Ampel: gelb, weil schedule amber", "{kein Platzhalter}"]);
    }

    [Fact]
    public void A_field_with_one_figure_holds_its_value_besides_its_text()
    {
        var fields = Compose(Fields).Fields;

        fields["Number"].ShouldBe(new FieldContent("-4.5 working days (behind)", -4.5m, null, IsFigure: true));
        fields["Variance"].ShouldBe(new FieldContent("SV(t) -4.5 working days (behind)"));
        fields["Forecast"].ShouldBe(new FieldContent("not measured", IsFigure: true));
    }

    [Theory]
    [InlineData(Band.Amber, "amber: schedule amber, cost not known")]
    [InlineData(Band.Grey, "grey: schedule amber, cost not known")]
    public void A_traffic_light_is_said_in_its_own_words(Band band, string expected)
    {
        var light = Light(band, "schedule amber, cost not known");

        Composer().Compose(Fields, Subject([light]), null).Fields["Status"].Text.ShouldBe(expected);
        Line(Composer().Compose(Comment, Subject([light]), null), "Status").ShouldBe(expected);
    }

    [Fact]
    public void The_hash_stays_until_a_figure_has_moved_by_enough_since_it_was_last_written()
    {
        var first = Compose(Comment);
        first.ContentHash.Length.ShouldBe(64);

        StatusReport Then(decimal value, DateTimeOffset asOf)
        {
            _dial.Value = value;
            return Composer().Compose(Comment, Subject(Results()) with { AsOf = asOf, Freshness = new(asOf, IsStale: false) }, Said(first));
        }

        Then(-4.5m, Now.AddDays(2)).ContentHash.ShouldBe(first.ContentHash);
        Then(-5.5m, Now.AddDays(3)).ContentHash.ShouldBe(first.ContentHash);
        Then(-6.4m, Now.AddDays(4)).Material.ShouldBe(first.Material);
        Then(-6.5m, Now.AddDays(5)).ContentHash.ShouldNotBe(first.ContentHash);
    }

    [Fact]
    public void Another_light_is_always_worth_a_write_and_another_template_too()
    {
        var before = Composer().Compose(Comment, Subject([.. Results(), Light(Band.Amber, "schedule amber")]), null);

        Composer().Compose(Comment, Subject([.. Results(), Light(Band.Amber, "cost amber")]), Said(before)).ContentHash.ShouldBe(before.ContentHash);
        Composer().Compose(Comment, Subject([.. Results(), Light(Band.Red, "schedule red")]), Said(before)).ContentHash.ShouldNotBe(before.ContentHash);
        Composer("en-GB", Template("{project.name}")).Compose(Comment, Subject([.. Results(), Light(Band.Amber, "schedule amber")]), Said(before)).ContentHash.ShouldNotBe(before.ContentHash);
    }

    [Fact]
    public void The_hash_of_fields_follows_only_the_figures_that_they_show()
    {
        var withoutVariance = Fields with { Fields = new Dictionary<string, string> { ["Status"] = "{rag.overall}" } };
        var (narrow, wide) = (Compose(withoutVariance).ContentHash, Compose(Fields).ContentHash);

        _dial.Value = -15;

        Compose(withoutVariance).ContentHash.ShouldBe(narrow);
        Compose(Fields).ContentHash.ShouldNotBe(wide);
    }

    [Fact]
    public void Stale_data_are_dated_and_nothing_else_is_said()
    {
        var stale = Subject(Results()) with { Freshness = new(Now.AddDays(-3), IsStale: true) };

        var report = Composer().Compose(Fields, stale, null);

        report.Lines.ShouldHaveSingleItem().Text.ShouldContain("stale since 27/02/2026 09:00 (Europe/Zurich)");
        report.Figures.ShouldBeEmpty();
        report.Fields.Values.ShouldAllBe(f => f.Text.StartsWith("stale since") && f.Number == null && f.Date == null);
    }

    [Fact]
    public void A_portfolio_says_a_line_for_each_of_its_projects()
    {
        var portfolio = Subject([]) with { Key = "TECH", Name = "Technology", Project = null, Projects = [Subject([.. Results(), Light(Band.Red, "late")])] };

        var report = Composer().Compose(Comment, portfolio, null);

        report.Title.ShouldBe("Technology (TECH)");
        Line(report, "Payments re-platform").ShouldStartWith("red; -4.5 working days (behind); ");
        report.Material["PAYMENTS/rag.overall"].ShouldBe("red");
    }

    [Fact]
    public void Data_are_as_fresh_as_the_oldest_of_their_connectors()
    {
        var project = Project with { Sources = [Source("a"), Source("b"), Source("a")] };
        ConnectorSync Pass(string name, double hoursAgo) => new(name, Now, null!, Now.AddHours(-hoursAgo));

        DataFreshness.Of(project, [Pass("a", 1), Pass("b", 23), Pass("c", 99)], TimeSpan.FromDays(1), Now).ShouldBe(new DataFreshness(Now.AddHours(-23), IsStale: false));
        DataFreshness.Of(project, [Pass("a", 1), Pass("b", 25)], TimeSpan.FromDays(1), Now).IsStale.ShouldBeTrue();
        DataFreshness.Of(project, [Pass("a", 1)], TimeSpan.FromDays(1), Now).ShouldBe(new DataFreshness(null, IsStale: true));
    }

    private static DataFreshness Fresh => new(Now, IsStale: false);

    private static SourceBinding Source(string connector) => new() { Name = connector, Connector = connector, Project = "P" };

    private static MetricResult Light(Band band, string because) => TrafficLight.Result(new(TrafficLight.Define("rag.overall", "traffic light"), "m"), Now, band, because, n: 1);

    private static LastSaid Said(StatusReport report) => new(report.ContentHash, report.Material, Now);

    private static ReportTemplates Template(string text) => new(new Dictionary<string, ReportTemplate> { [ReportTemplates.Project] = ReportTemplate.Parse("project", text, []) });

    private static ReportSubject Subject(MetricResult[] results) =>
        new() { Key = Project.Key, Name = Project.Name, Project = Project, Results = results, AsOf = Now, Freshness = Fresh };

    private static StatusReportComposer Composer(string culture = "en-GB", ReportTemplates? templates = null) =>
        new(new() { Calendar = TestEngine.Calendar, Publishing = new() { Culture = CultureInfo.GetCultureInfo(culture), Templates = templates ?? Reports.Own } });

    private MetricResult[] Results() => [.. _dial.Measure(null!, [Now])];

    private StatusReport Compose(PublicationDefinition publication, string culture = "en-GB") => Composer(culture).Compose(publication, Subject(Results()), null);

    private static string Line(StatusReport report, string label) => report.Lines.Single(l => l.Label == label).Text;
}
