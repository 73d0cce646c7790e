using TsPmo.Model.Governance;

namespace TsPmo.Model.Tests.Governance;

public sealed class RateBookTests
{
    private static readonly RateBook Book = new(
        [new(new(2026, 3, 1)) { People = new Dictionary<string, decimal> { ["ada"] = 200 } }],
        [
            new(new(2026, 2, 1)) { Default = 90 },
            new(new(2026, 1, 1)) { Default = 80, Roles = new Dictionary<string, decimal> { ["Architect"] = 120 }, People = new Dictionary<string, decimal> { ["eve"] = 10 } },
        ],
        new Dictionary<string, string> { ["ada"] = "Architect", ["eve"] = "Architect", ["tim"] = "Tester" });

    [Theory]
    [InlineData("ada", "2025-12-31", null)]
    [InlineData("ada", "2026-01-01", 120)]
    [InlineData("eve", "2026-01-31", 10)]
    [InlineData("tim", "2026-01-31", 80)]
    [InlineData(null, "2026-01-31", 80)]
    [InlineData("ada", "2026-02-01", 90)]
    [InlineData("ada", "2026-03-01", 200)]
    [InlineData("eve", "2026-03-01", 90)]
    public void The_latest_table_holds_and_in_it_the_person_goes_before_the_role_and_that_before_the_default(string? person, string day, int? rate) =>
        Book.RateOf(person, DateOnly.ParseExact(day, "yyyy-MM-dd", null)).ShouldBe(rate);

    [Fact]
    public void Rates_change_on_the_first_days_of_the_tables() => Book.Changes.ShouldBe([new(2026, 1, 1), new(2026, 2, 1), new(2026, 3, 1)]);

    [Fact]
    public void Without_tables_nothing_has_a_rate()
    {
        RateBook.Empty.IsEmpty.ShouldBeTrue();
        RateBook.Empty.RateOf("ada", new(2026, 1, 1)).ShouldBeNull();
        Book.IsEmpty.ShouldBeFalse();
    }
}
