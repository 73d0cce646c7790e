using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TsPmo.Pages.Tests.Serving;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Portfolio;

/// <summary>The first page as a person meets it: in a browser, over the whole application.</summary>
public sealed partial class PortfolioPageTests(MeasuredPortfolio portfolio, Browser browser)
{
    private const string NeedsBrowser = "No Chromium is installed.";

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task Every_project_is_a_row_with_state_variance_deployments_and_age_of_its_data()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);

        (await open.Page.Locator("table.projects tbody tr").CountAsync()).ShouldBe(portfolio.Projects.Count);
        foreach (var project in portfolio.Projects)
        {
            var cells = await CellsAsync(open.Page, project.Key);
            cells["Schedule"].ShouldMatch(@"(late|watch|on plan|unknown)\s+\w");
            (FigureWithUnit().IsMatch(cells["Schedule variance"]) || IsReason(cells["Schedule variance"])).ShouldBeTrue(cells["Schedule variance"]);
            (cells["Deployment frequency"].EndsWith(" per week", StringComparison.Ordinal) || IsReason(cells["Deployment frequency"])).ShouldBeTrue();
            cells["Data as of"].ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d$");
        }
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task A_project_without_a_baseline_is_unknown_with_the_reason_and_never_green()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);
        var unplanned = portfolio.Projects.First(p => p.BaselineAt is null);

        var cells = await CellsAsync(open.Page, unplanned.Key);
        cells["Schedule"].ShouldContain("unknown");
        cells["Schedule variance"].ShouldContain("baseline");
        (await Row(open.Page, unplanned.Key).Locator(".mark.green").CountAsync()).ShouldBe(0);
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task Every_connector_tells_when_it_was_last_read_and_how_that_ended()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);

        var rows = await open.Page.Locator("table.connectors tbody tr").AllAsync();
        rows.Count.ShouldBe(3);
        foreach (var row in rows)
        {
            (await row.Locator("[data-label='Last sync'] time").First.InnerTextAsync()).ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d$");
            (await row.Locator("[data-label=Outcome]").InnerTextAsync()).ShouldMatch("succeeded|failed");
        }
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task A_connector_that_failed_says_why_what_to_do_and_when_it_last_was_whole()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);

        var row = open.Page.Locator("table.connectors tbody tr").Filter(new() { HasText = MeasuredPortfolio.Refusing }).First;
        (await row.Locator("[data-label=Outcome]").InnerTextAsync()).ShouldContain("failed");
        (await row.Locator(".problem").First.InnerTextAsync()).Length.ShouldBeGreaterThan(20);
        (await row.Locator(".problem .note").First.InnerTextAsync()).ShouldNotBeNullOrWhiteSpace();
        (await row.Locator("[data-label='Last sync'] .note").InnerTextAsync()).ShouldMatch(@"last complete: \d{4}-");
    }

    [Theory(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional)), InlineData(1400), InlineData(390)]
    public async Task The_browser_has_nothing_to_complain_about_and_the_page_fits_its_width(int width)
    {
        await using var open = await browser.OpenAsync(portfolio.Address, width);

        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        open.Complaints.ShouldBeEmpty();
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task Without_JavaScript_the_page_says_the_same()
    {
        await using var with = await browser.OpenAsync(portfolio.Address);
        await using var without = await browser.OpenAsync(portfolio.Address, javaScript: false);

        (await without.Page.Locator("main").InnerTextAsync()).ShouldBe(await with.Page.Locator("main").InnerTextAsync());
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task Each_colour_has_a_sign_and_a_word_of_its_own()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);

        var meanings = new HashSet<(string Tone, string Words)>();
        foreach (var mark in await open.Page.Locator("table.projects .mark").AllAsync())
            meanings.Add((await mark.GetAttributeAsync("class") ?? "", await mark.InnerTextAsync()));
        meanings.Count.ShouldBeGreaterThan(1);
        meanings.Select(m => m.Words).Distinct(StringComparer.Ordinal).Count().ShouldBe(meanings.Count);
        meanings.Select(m => m.Words[0]).Distinct().Count().ShouldBe(meanings.Count);
    }

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task Title_and_headings_name_the_page_and_its_parts()
    {
        await using var open = await browser.OpenAsync(portfolio.Address);

        (await open.Page.TitleAsync()).ShouldBe("Portfolio · TsPmo.Sync");
        (await open.Page.Locator("h1").AllInnerTextsAsync()).ShouldBe(["Portfolio"]);
        (await open.Page.Locator("h2").AllInnerTextsAsync()).ShouldBe(["Connectors"]);
        (await open.Page.GetByRole(AriaRole.Table).CountAsync()).ShouldBe(2);
    }

    private static ILocator Row(IPage page, string key) => page.Locator($"tr[id='{key}']");

    private static async Task<Dictionary<string, string>> CellsAsync(IPage page, string key)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cell in await Row(page, key).Locator("td").AllAsync())
            cells[await cell.GetAttributeAsync("data-label") ?? ""] = White().Replace((await cell.InnerTextAsync()).Trim(), " ");
        return cells;
    }

    private static bool IsReason(string text) => text.Length > 10 && text.EndsWith('.') && text.Contains(' ', StringComparison.Ordinal);

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)? working days?\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FigureWithUnit();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex White();
}
