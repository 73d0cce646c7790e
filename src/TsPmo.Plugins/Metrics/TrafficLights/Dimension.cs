using TsPmo.Model.Measuring;

namespace TsPmo.Plugins.Metrics.TrafficLights;

/// <summary>A metric whose colour enters a traffic light.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Words">What people call it.</param>
/// <param name="IsEach">Whether every sprint, milestone or person counts, rather than the project's own figure alone. Who or which of them is never said.</param>
internal sealed record LightSource(string Metric, string Words, bool IsEach = false)
{
    /// <summary>The results that count.</summary>
    public IReadOnlyList<MetricResult> Of(ResultSet results) =>
        IsEach ? [.. results.All(Metric)] : results.Of(Metric) is { } own ? [own] : [];

    /// <summary>The values behind the colour.</summary>
    public MetricInput Input(ResultSet results) => new(Words, Of(results) switch
    {
        [] => "not measured",
        [Measurement { Subject: null } one] => $"{one.Text}, {(TrafficLight.Of(one) == Band.Grey ? "without a colour" : TrafficLight.Word(TrafficLight.Of(one)))}",
        [NotMeasurable { Subject: null } none] => $"not measurable: {none.Because}",
        var many => Counted(many),
    });

    private static string Counted(IReadOnlyList<MetricResult> results) => string.Join(", ", results
        .GroupBy(TrafficLight.Of).OrderByDescending(g => g.Key)
        .Select(g => $"{g.Count()} of {results.Count} {(g.Key == Band.Grey ? "without a colour" : TrafficLight.Word(g.Key))}"));
}

/// <summary>One dimension of a project's state: the worst colour of its metrics, held back until it has improved twice.</summary>
internal sealed record Dimension(string Name, IReadOnlyList<LightSource> Sources)
{
    private Figure Figure { get; } = new(TrafficLight.Define($"rag.{Name}", $"traffic light of {Name}"), "RAG.worst-of-held");

    /// <summary>What it computes.</summary>
    public MetricDefinition Definition => Figure.Metric;

    /// <summary>The colour as of an evaluation.</summary>
    public MetricResult At(Evaluation evaluation)
    {
        var (now, before) = (Colour(evaluation.Results), Colour(evaluation.Before));
        var isHeld = now != Band.Grey && before != Band.Grey && before > now;
        var deciding = isHeld ? evaluation.Before : evaluation.Results;
        var band = isHeld ? before : now;
        var counted = Sources.SelectMany(s => s.Of(evaluation.Results)).Where(r => TrafficLight.Of(r) != Band.Grey).ToArray();
        var behind = Sources.SelectMany(s => s.Of(deciding)).Where(r => TrafficLight.Of(r) == band).ToArray();
        return Provenance.Of(behind, TrafficLight.Result(Figure, evaluation.AsOf, band, Because(band, isHeld, deciding), counted.Length)) with
        {
            Inputs =
            [
                new("rule", $"the worst of {Join(Sources.Select(s => s.Words))}; better only after two evaluations, worse at once"),
                .. Sources.Select(s => s.Input(evaluation.Results)),
                new("evaluation before (end of the day before)", TrafficLight.Word(before)),
            ],
        };
    }

    private Band Colour(ResultSet results) => TrafficLight.Worst(Sources.SelectMany(s => s.Of(results)).Select(TrafficLight.Of));

    private string Because(Band band, bool isHeld, ResultSet deciding)
    {
        if (band == Band.Grey)
            return $"none of {Join(Sources.Select(s => s.Words))} has a colour";
        var worst = Join(Sources.Where(s => s.Of(deciding).Any(r => TrafficLight.Of(r) == band)).Select(s => s.Words));
        return isHeld ? $"{worst} at the evaluation before; a better colour needs two in a row" : worst;
    }

    private static string Join(IEnumerable<string> words) => string.Join(", ", words);
}
