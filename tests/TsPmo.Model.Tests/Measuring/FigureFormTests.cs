using System.Globalization;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Tests.Measuring;

public sealed class FigureFormTests
{
    private static readonly FigureForm Variance = new(1) { IsSigned = true, Above = "ahead", Below = "behind", Even = "on plan" };

    [Theory]
    [InlineData("-4.5", "-4.5 working days (behind)")]
    [InlineData("0.25", "+0.3 working days (ahead)")]
    [InlineData("-0.04", "0 working days (on plan)")]
    [InlineData("1", "+1 working day (ahead)")]
    [InlineData("-12", "-12 working days (behind)")]
    public void The_sign_carries_its_meaning(string value, string expected) =>
        Variance.Write(decimal.Parse(value, CultureInfo.InvariantCulture), "working days", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Fact]
    public void Numbers_follow_the_culture() =>
        new FigureForm(2, IsPadded: true).Write(0.9m, "ratio", CultureInfo.GetCultureInfo("de-DE")).ShouldBe("0,90");

    [Theory]
    [InlineData("0", "0 seconds")]
    [InlineData("59.94", "59.9 seconds")]
    [InlineData("60", "1 minute")]
    [InlineData("5400", "1.5 hours")]
    [InlineData("86400", "1 day")]
    [InlineData("216000", "2.5 days")]
    public void A_duration_is_written_in_the_largest_span_that_it_fills(string seconds, string expected) =>
        new FigureForm(1) { IsDuration = true }.Write(decimal.Parse(seconds, CultureInfo.InvariantCulture), "seconds", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Fact]
    public void A_share_is_written_in_percent() =>
        new FigureForm(1) { IsShare = true }.Write(0.16667m, "ratio", CultureInfo.InvariantCulture).ShouldBe("16.7 %");

    [Fact]
    public void Confidence_is_the_product_of_what_the_findings_leave() =>
        Finding.Confidence([new("A", 0.2m, ""), new("B", 0.25m, ""), new("C", 0, "")]).ShouldBe(0.60m);
}
