namespace TsPmo.Testing;

/// <summary>
/// Tests that need what not every machine has. On a machine without it they are skipped with the reason;
/// with TSPMO_TESTS_REQUIRED=all they run and fail instead.
/// </summary>
public static class Optional
{
    private static bool Required => Environment.GetEnvironmentVariable("TSPMO_TESTS_REQUIRED") == "all";

    /// <summary>Whether to skip because the vendors' documents or published examples are not there.</summary>
    public static bool LacksShared => !Required && SharedFolder.Find("contracts") is null;

    /// <summary>Whether to skip because no Chromium is installed.</summary>
    public static bool LacksBrowser => !Required && Chromium is null;

    /// <summary>Whether to skip because no Node with npm is installed.</summary>
    public static bool LacksNode => !Required && !(File.Exists("/usr/bin/node") && File.Exists("/usr/bin/npm"));

    /// <summary>Path of Chromium, or null.</summary>
    public static string? Chromium => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);
}
