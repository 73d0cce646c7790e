using TsPmo.Model.Measuring;
using TsPmo.Model.Publishing;
using TsPmo.Model.Publishing.Templates;

namespace TsPmo.Engine.Reporting.StatusReports;

/// <summary>Puts values into the placeholders of templates.</summary>
/// <param name="wording">How figures are said.</param>
/// <param name="figures">Figures by name.</param>
/// <param name="words">Other values by name; null: it has none now.</param>
internal sealed class TemplateFiller(Wording wording, IReadOnlyDictionary<string, MetricResult> figures, IReadOnlyDictionary<string, string?> words)
{
    /// <summary>The text with its values.</summary>
    public string Fill(TemplateText text) => string.Concat(text.Parts.Select(Part));

    /// <summary>Whether everything that the text names has a value.</summary>
    public bool IsKnown(TemplateText text) => text.Placeholders.All(p => words.TryGetValue(p.Name, out var word) ? word is not null : figures.GetValueOrDefault(p.Name) is Measurement);

    /// <summary>What a field with this template holds.</summary>
    public FieldContent Content(TemplateText text)
    {
        var alone = text.Alone is { } only ? figures.GetValueOrDefault(only.Name) as Measurement : null;
        return new(Fill(text), alone?.Number, alone?.Date, text.Alone is not null);
    }

    private string Part(TemplatePart part) => part switch
    {
        PlainText plain => plain.Text,
        Placeholder { Name: var name } when words.TryGetValue(name, out var word) => word ?? "",
        Placeholder placeholder => Figure(placeholder, figures.GetValueOrDefault(placeholder.Name)),
        _ => "",
    };

    private string Figure(Placeholder placeholder, MetricResult? result) => placeholder.Form switch
    {
        PlaceholderForm.Number when result is Measurement m => wording.Number(m),
        PlaceholderForm.Reason => wording.Reason(result),
        PlaceholderForm.Words => Chosen(placeholder.Words, result),
        _ => wording.Of(result),
    };

    private string Chosen(IReadOnlyList<string> choice, MetricResult? result) => result switch
    {
        { Metric.Unit: TrafficLight.Unit } when choice.Count == 4 => choice[TrafficLight.Of(result) switch { Band.Green => 0, Band.Amber => 1, Band.Red => 2, _ => 3 }],
        Measurement { Number: { } number } m => choice[m.Metric.Form.Side(number) switch { > 0 => 0, < 0 => 1, _ => 2 }],
        _ => choice.Count == 4 ? choice[3] : wording.Of(result),
    };
}
