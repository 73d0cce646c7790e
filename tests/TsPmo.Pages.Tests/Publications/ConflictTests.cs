using TsPmo.Pages.Tests.Serving;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Publications;

/// <summary>Somebody decides in a browser what becomes of text that was changed by hand.</summary>
public sealed class ConflictTests(MeasuredPortfolio portfolio, Browser browser)
{
    private const string NeedsBrowser = "No Chromium is installed.";

    [Fact(Skip = NeedsBrowser, SkipWhen = nameof(Optional.LacksBrowser), SkipType = typeof(Optional))]
    public async Task A_conflict_shows_what_stands_there_and_goes_when_it_is_decided_with_and_without_JavaScript()
    {
        await DecideAsync("Keep theirs", "Theirs stays", javaScript: false, open: 2);
        await DecideAsync("Take over with ours", "Ours takes its place", javaScript: true, open: 1);

        await using var done = await browser.OpenAsync(portfolio.Address + "/publications");
        (await done.Page.Locator("section.decision").CountAsync()).ShouldBe(0);
        var states = await done.Page.Locator("table.publications td[data-label=State] .note").AllInnerTextsAsync();
        states.ShouldContain(s => s.StartsWith("theirs stays, decided by ", StringComparison.Ordinal));
        states.ShouldContain(s => s.StartsWith("ours takes over with the next run, decided by ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_from_another_page_decides_nothing()
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent([new("_handler", "conflict"), new("project", "P"), new("publication", "x"), new("fingerprint", "y"), new("resolution", "TakeOver")]);

        using var answer = await client.PostAsync(new Uri(portfolio.Address + "/publications"), form, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    private async Task DecideAsync(string button, string answer, bool javaScript, int open)
    {
        await using var window = await browser.OpenAsync(portfolio.Address + "/publications", javaScript: javaScript);
        var conflicts = window.Page.Locator("section.decision");
        (await conflicts.CountAsync()).ShouldBe(open);
        (await conflicts.First.Locator("pre").InnerTextAsync()).ShouldBe("We know. <script>alert(2)</script>");
        await conflicts.First.GetByText(button).ClickAsync();
        (await window.Page.Locator("[role=status]").InnerTextAsync()).ShouldContain(answer);
        window.Complaints.ShouldBeEmpty();
    }
}
