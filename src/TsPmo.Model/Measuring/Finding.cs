namespace TsPmo.Model.Measuring;

/// <summary>A data-quality finding on the inputs of a figure.</summary>
/// <param name="Name">Stable name ("MissingEstimates").</param>
/// <param name="AffectedShare">Affected weight / total weight, 0 to 1; 0 for a remark that says nothing about the inputs.</param>
/// <param name="Text">What was found, in a sentence for people.</param>
public sealed record Finding(string Name, decimal AffectedShare, string Text)
{
    /// <summary>The items it was found on, where it names them, ordered by id.</summary>
    public IReadOnlyList<Evidence> Items { get; init; } = [];

    /// <summary>Product of (1 - share) over findings, rounded to 0.01, halves away from zero.</summary>
    public static decimal Confidence(IEnumerable<Finding> findings) =>
        Math.Round(findings.Aggregate(1m, (confidence, finding) => confidence * (1 - finding.AffectedShare)), 2, MidpointRounding.AwayFromZero);
}
