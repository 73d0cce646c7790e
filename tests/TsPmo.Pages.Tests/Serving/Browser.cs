using Microsoft.Playwright;
using TsPmo.Testing;

namespace TsPmo.Pages.Tests.Serving;

/// <summary>One Chromium for a class of tests; null inside where none is installed, and then its tests are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Optional.LacksBrowser)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Optional.Chromium, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens an address in a fresh window.</summary>
    public async Task<OpenPage> OpenAsync(string address, int width = 1400, bool javaScript = true)
    {
        var browser = _browser ?? throw new InvalidOperationException("No browser was started.");
        var context = await browser.NewContextAsync(new() { JavaScriptEnabled = javaScript, ViewportSize = new() { Width = width, Height = 900 } });
        return await OpenPage.OpenAsync(await context.NewPageAsync(), address);
    }
}

/// <summary>A page in its window, with everything the browser complained about since it began to load.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    private OpenPage(IPage page)
    {
        Page = page;
        // A violated content policy is an error of the console too.
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(true, request.Url);
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<OpenPage> OpenAsync(IPage page, string address)
    {
        var opened = new OpenPage(page);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        return opened;
    }

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
            _complaints.Add(text);
    }
}
