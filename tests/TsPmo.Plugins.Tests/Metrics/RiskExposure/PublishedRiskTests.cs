using TsPmo.Model.Risks;
using TsPmo.Testing;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.RiskExposure;

/// <summary>The published matrix of probability and impact.</summary>
public sealed class PublishedRiskTests
{
    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_matrix_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("risk-01-pmbok-matrix");
        var impacts = inputs.Numbers("impact");

        var matrix = inputs.Numbers("probability").Select(p => impacts.Select(i => RiskScore.Of(p, i)).ToArray());

        foreach (var (row, printed) in matrix.Zip(expected.GetProperty("matrix").EnumerateArray()))
            row.ShouldBe(printed.EnumerateArray().Select(n => n.GetDecimal()));
    }
}
