using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Tests.Http;

public sealed class RateLimitHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-03-02T08:20:00Z", 20)]
    [InlineData("2026-03-02T08:20Z", 20)]
    [InlineData("2026-03-02T09:20:00.000+01:00", 20)]
    [InlineData("1772440800", 40)]
    [InlineData("2026-03-02T07:00:00Z", 0)]
    public void A_reset_is_an_instant_or_unix_seconds(string text, int minutes) =>
        RateLimitHeaders.Reset(Of(("X-RateLimit-Reset", text)), Now).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void A_reset_is_measured_by_the_servers_own_clock() =>
        RateLimitHeaders.Reset(Of(("X-RateLimit-Reset", "2015-01-01T00:10:00Z"), ("Date", "Thu, 01 Jan 2015 00:00:00 GMT")), Now).ShouldBe(TimeSpan.FromMinutes(10));

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public void What_is_no_reset_is_none(string text) => RateLimitHeaders.Reset(Of(("X-RateLimit-Reset", text)), Now).ShouldBeNull();

    [Fact]
    public void Headroom_is_told_from_both_families_of_headers()
    {
        RateLimitHeaders.Headroom(Of(("X-RateLimit-Limit", "100"), ("X-RateLimit-Remaining", "12"), ("X-RateLimit-FillRate", "10"), ("X-RateLimit-Interval-Seconds", "60")))
            .ShouldBe("12 of 100 requests left, 10 more every 60 s");
        RateLimitHeaders.Headroom(Of(("RateLimit-Policy", "\"per, site\";q=65000;w=3600, \"burst\";q=100;w=1"), ("RateLimit", "\"per, site\";r=40000;t=1800, \"burst\";r=99;t=1")))
            .ShouldBe("40000 of 65000 left of 'per, site', anew in 1800 s; 99 of 100 left of 'burst', anew in 1 s");
        RateLimitHeaders.Headroom(Of()).ShouldBeNull();
    }

    [Fact]
    public void What_is_called_beta_is_left_out()
    {
        var headers = Of(("Beta-RateLimit", "\"x\";r=0;t=9"), ("Beta-RateLimit-Policy", "\"x\";q=10;w=9"), ("RateLimit", "\"beta-x\";r=0;t=9"));
        RateLimitHeaders.Headroom(headers).ShouldBeNull();
        RateLimitHeaders.Warns(headers, null).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"a\";r=5;t=1", true)]
    [InlineData("\"a\";r=0", true)]
    [InlineData("\"a\";r=10;t=1", false)]
    [InlineData("\"b\";r=1;t=1", false)]
    [InlineData(";;,\"", false)]
    [InlineData("\"a\";r=-1", false)]
    public void Less_than_a_tenth_left_is_a_warning(string limit, bool warns) =>
        RateLimitHeaders.Warns(Of(("RateLimit", limit), ("RateLimit-Policy", "\"a\";q=100;w=60")), null).ShouldBe(warns);

    private static Dictionary<string, string> Of(params (string Name, string Value)[] headers) =>
        headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase);
}
