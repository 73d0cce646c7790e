using System.Globalization;
using TsPmo.Engine.Reporting.StatusReports;
using TsPmo.Engine.Storage;
using TsPmo.Engine.Tests.Fixtures;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;

namespace TsPmo.Engine.Tests.Reporting;

public sealed class StatusReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ProjectDefinition Project = new() { Key = "PAYMENTS", Name = "Payments re-platform" };
    private static readonly PublicationDefinition Comment = new() { Name = "epic", Connector = "t", Target = "Comment", Anchor = "PAY-1" };
    private static readonly PublicationDefinition Fields = Comment with
    {
        Target = "Fields",
        Fields = new Dictionary<string, string> { ["Status"] = "{rag.overall}", ["Forecast"] = "{schedule.finish.p85}", ["Variance"] = "SV(t) {schedule.svt}" },
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
        Line(Compose(Comment), "Deployment frequency").ShouldBe("not measured");
    }

    [Fact]
    public void Every_placeholder_has_an_answer_and_none_of_them_is_a_guess()
    {
        var figures = Compose(Fields).Figures;

        figures["schedule.svt"].ShouldBe("-4.5 working days (behind)");
        figures["schedule.finish.p85"].ShouldStartWith("not measurable: ");
        figures["rag.overall"].ShouldStartWith("not measurable: ");
    }

    [Theory]
    [InlineData(Band.Amber, "amber: schedule amber, cost not known")]
    [InlineData(Band.Grey, "grey: schedule amber, cost not known")]
    public void A_traffic_light_is_said_in_its_own_words(Band band, string expected)
    {
        var light = TrafficLight.Result(new(TrafficLight.Define("rag.overall", "traffic light"), "m"), Now, band, "schedule amber, cost not known", n: 1);

        Composer().Compose(Project, Fields, [light], Fresh, Now).Figures["rag.overall"].ShouldBe(expected);
        Line(Composer().Compose(Project, Comment, [light], Fresh, Now), "Status").ShouldBe(expected);
    }

    [Fact]
    public void The_hash_follows_the_figures_and_not_the_day()
    {
        var first = Compose(Comment).ContentHash;

        Composer().Compose(Project, Comment, Results(), new(Now.AddDays(2), IsStale: false), Now.AddDays(2)).ContentHash.ShouldBe(first);
        _dial.Value = -5;
        Compose(Comment).ContentHash.ShouldNotBe(first);
        first.Length.ShouldBe(64);
    }

    [Fact]
    public void The_hash_of_fields_follows_only_the_figures_that_they_show()
    {
        var withoutVariance = Fields with { Fields = new Dictionary<string, string> { ["Status"] = "{rag.overall}" } };
        var (narrow, wide) = (Compose(withoutVariance).ContentHash, Compose(Fields).ContentHash);

        _dial.Value = -5;

        Compose(withoutVariance).ContentHash.ShouldBe(narrow);
        Compose(Fields).ContentHash.ShouldNotBe(wide);
    }

    [Fact]
    public void Stale_data_are_dated_and_nothing_else_is_said()
    {
        var report = Composer().Compose(Project, Fields, Results(), new(Now.AddDays(-3), IsStale: true), Now);

        report.Lines.ShouldHaveSingleItem().Text.ShouldContain("stale since 27/02/2026 09:00 (Europe/Zurich)");
        report.Figures.Values.ShouldAllBe(v => v.StartsWith("stale since", StringComparison.Ordinal));
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

    private static StatusReportComposer Composer(string culture = "en-GB") =>
        new(new() { Calendar = TestEngine.Calendar, Publishing = new() { Culture = CultureInfo.GetCultureInfo(culture) } });

    private MetricResult[] Results() => [.. _dial.Measure(null!, [Now])];

    private StatusReport Compose(PublicationDefinition publication, string culture = "en-GB") => Composer(culture).Compose(Project, publication, Results(), Fresh, Now);

    private static string Line(StatusReport report, string label) => report.Lines.Single(l => l.Label == label).Text;
}
