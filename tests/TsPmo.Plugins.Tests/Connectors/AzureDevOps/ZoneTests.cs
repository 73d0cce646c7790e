using System.Diagnostics;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>What is read may not depend on where the machine stands.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/Los_Angeles")]
    public async Task Everything_is_understood_alike_in_any_zone(string zone)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "TsPmo.Plugins.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var type in new[] { typeof(ZoneInForceTests), typeof(WireTests), typeof(NormaliserTests) })
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }

        start.Environment["TZ"] = zone;
        start.Environment[ZoneInForceTests.Expected] = zone;
        using var process = Process.Start(start).ShouldNotBeNull();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await errors);
    }
}

/// <summary>Shows, where a zone was asked for, that the runtime goes by it.</summary>
public sealed class ZoneInForceTests
{
    public const string Expected = "TSPMO_TEST_ZONE";

    [Fact]
    public void The_zone_that_was_asked_for_is_in_force()
    {
        if (Environment.GetEnvironmentVariable(Expected) is { } zone)
            TimeZoneInfo.Local.BaseUtcOffset.ShouldBe(TimeZoneInfo.FindSystemTimeZoneById(zone).BaseUtcOffset);
    }
}
