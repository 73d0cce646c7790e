using TsPmo.Pages.Tests.Serving;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Risks;

/// <summary>Somebody accepts or dismisses what signals propose.</summary>
public sealed class RiskDecisionTests(MeasuredPortfolio portfolio, Browser browser)
{
    private const string NeedsBrowser = "No Chromium is installed.";

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task A_proposed_risk_is_accepted_with_its_assessment_and_another_dismissed()
    {
        await using var window = await browser.OpenAsync(portfolio.Address + "/risks", javaScript: false);
        await window.Page.Locator("main a").Nth(1).ClickAsync();
        var proposed = window.Page.Locator("section.decision").Filter(new() { HasText = "proposed" });
        var before = await proposed.CountAsync();
        before.ShouldBeGreaterThan(1);
        var first = await proposed.First.GetAttributeAsync("aria-label");

        await proposed.First.Locator("[name=reason]").FillAsync("Seen before.");
        await proposed.First.Locator("[name=by]").FillAsync("Ada");
        await proposed.First.Locator("[name=probability]").FillAsync("0.3");
        await proposed.First.Locator("[name=impact]").FillAsync("0.4");
        await proposed.First.GetByText("Accept").ClickAsync();

        (await window.Page.Locator("[role=status]").InnerTextAsync()).ShouldContain("accepted");
        (await window.Page.Locator($"section.decision[aria-label='{first}']").First.InnerTextAsync()).ShouldContain("score 0.12");
        await proposed.First.Locator("[name=reason]").FillAsync("Not ours.");
        await proposed.First.Locator("[name=by]").FillAsync("Ada");
        await proposed.First.GetByText("Dismiss").ClickAsync();
        (await proposed.CountAsync()).ShouldBe(before - 2);
        window.Complaints.ShouldBeEmpty();
    }
}
