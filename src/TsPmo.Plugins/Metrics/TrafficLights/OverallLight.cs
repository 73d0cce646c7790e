using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.TrafficLights;

/// <summary>The colour of a project: the worst of schedule and cost, which the other dimensions can raise from green to amber.</summary>
internal static class OverallLight
{
    private const string Rule = "the worst of schedule and cost; grey where both are unknown, at best amber where one is; another dimension that is amber or red turns green into amber";
    private static readonly Figure Figure = new(TrafficLight.Define("rag.overall", "traffic light of the project"), "RAG.schedule-and-cost");

    public static MetricDefinition Definition => Figure.Metric;

    /// <summary>The colour, from those of the dimensions; the first two are schedule and cost.</summary>
    public static MetricResult Of(IReadOnlyList<Dimension> dimensions, IReadOnlyList<MetricResult> lights, DateTimeOffset asOf)
    {
        var colours = lights.Select(TrafficLight.Of).ToArray();
        var (schedule, cost) = (colours[0], colours[1]);
        var raising = dimensions.Select((d, i) => (d.Name, Colour: colours[i])).Skip(2).Where(d => d.Colour is Band.Amber or Band.Red).ToArray();
        var worst = TrafficLight.Worst(schedule, cost);
        var isRaised = worst == Band.Green && raising.Length > 0;
        var isCapped = worst == Band.Green && (schedule == Band.Grey || cost == Band.Grey);
        var band = isRaised || isCapped ? Band.Amber : worst;
        var because = worst == Band.Grey
            ? "neither schedule nor cost can be judged"
            : $"schedule {Known(schedule)}, cost {Known(cost)}{(isRaised ? ", " + string.Join(", ", raising.Select(r => $"{r.Name} {TrafficLight.Word(r.Colour)}")) : "")}";
        MetricResult[] deciding = [.. lights.Where((_, i) => colours[i] != Band.Grey && (i > 1 ? isRaised && colours[i] != Band.Green : !isRaised && colours[i] == worst))];
        return Provenance.Of(deciding, TrafficLight.Result(Figure, asOf, band, because, colours.Count(c => c != Band.Grey))) with
        {
            Inputs = [new("rule", Rule), .. dimensions.Select((d, i) => new MetricInput(d.Name, lights[i] is Measurement m ? m.Text : $"grey: {((NotMeasurable)lights[i]).Because}"))],
        };
    }

    private static string Known(Band band) => band == Band.Grey ? "not known" : TrafficLight.Word(band);
}
