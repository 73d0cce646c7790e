using AngleSharp.Html.Parser;
using TsPmo.Pages.Tests.Serving;

namespace TsPmo.Pages.Tests.Portfolio;

/// <summary>What trackers and people call things is text, whatever it looks like.</summary>
public sealed class HostileNameTests(MeasuredPortfolio portfolio)
{
    [Fact]
    public async Task Markup_in_a_name_comes_out_as_the_same_text_and_its_direction_stays_inside_it()
    {
        using var client = new HttpClient();
        var html = await client.GetStringAsync(new Uri(portfolio.Address), TestContext.Current.CancellationToken);
        var page = new HtmlParser().ParseDocument(html);

        var name = page.GetElementById(portfolio.Renamed.Key).ShouldNotBeNull().QuerySelector("th bdi").ShouldNotBeNull();
        name.TextContent.ShouldBe(MeasuredPortfolio.HostileName);
        name.Children.ShouldBeEmpty();
        page.QuerySelectorAll("main img, main script, [onerror]").ShouldBeEmpty();
    }
}
