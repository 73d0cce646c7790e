using TsPmo.Model.Forecasting;

namespace TsPmo.Model.Tests.Forecasting;

public sealed class Xoshiro256Tests
{
    /// <summary>The authors' own first numbers for the state that splitmix64 makes of seed 0.</summary>
    [Fact]
    public void The_sequence_is_that_of_the_authors()
    {
        var random = new Xoshiro256(0);

        new[] { random.Next(), random.Next(), random.Next() }.ShouldBe([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0]);
    }

    [Fact]
    public void Numbers_below_a_bound_come_equally_often()
    {
        var random = new Xoshiro256(7);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[random.Next(10)]++;

        counts.ShouldAllBe(c => c > 9_600 && c < 10_400);
    }

    [Fact]
    public void A_seed_depends_on_what_it_is_for_and_on_nothing_else()
    {
        var at = new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.FromHours(2));
        var seed = Xoshiro256.SeedOf("PRJ", at, "days=60");

        Xoshiro256.SeedOf("PRJ", at.ToUniversalTime(), "days=60").ShouldBe(seed);
        new[] { Xoshiro256.SeedOf("PRJ2", at, "days=60"), Xoshiro256.SeedOf("PRJ", at.AddTicks(1), "days=60"), Xoshiro256.SeedOf("PRJ", at, "days=61") }.ShouldNotContain(seed);
    }
}
