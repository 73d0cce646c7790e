using AngleSharp.Html.Parser;
using TsPmo.Pages.Tests.Serving;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Portfolio;

/// <summary>The page before anything is configured.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public async Task An_empty_configuration_is_met_with_the_steps_to_a_filled_page()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var configuration = ServedConsole.Load(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["TsPmo:Store:ConnectionString"] = $"Data Source={folder.File("tspmo.db")}", ["TsPmo:Console:Urls"] = "http://127.0.0.1:0",
        });
        await using var console = await ServedConsole.StartAsync(configuration, TimeProvider.System, cancellation);
        using var client = new HttpClient();

        var page = new HtmlParser().ParseDocument(await client.GetStringAsync(new Uri(console.Address), cancellation));

        page.QuerySelectorAll("table").ShouldBeEmpty();
        var steps = page.QuerySelector(".steps").ShouldNotBeNull().TextContent;
        foreach (var needed in new[] { "TsPmo:Connectors", "TsPmo:Projects", "tspmo check", "tspmo sync", "tspmo demo" })
            steps.ShouldContain(needed);
    }
}
