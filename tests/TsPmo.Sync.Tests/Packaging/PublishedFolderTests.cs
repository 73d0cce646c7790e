using System.Diagnostics;
using TsPmo.Sync.Tests.Configuration;
using TsPmo.Testing;

namespace TsPmo.Sync.Tests.Packaging;

/// <summary>A published folder stands on its own.</summary>
public sealed class PublishedFolderTests
{
    [Fact]
    public async Task Published_and_started_from_elsewhere_it_finds_its_settings_and_its_samples()
    {
        using var folder = new ConfigurationFolder();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var project = Path.Combine(SharedFolder.RepositoryRoot(), "src", "TsPmo.Sync");
        var published = await RunAsync("publish", project, "--no-build", "--configuration", configuration, "--output", folder.Path);
        published.ExitCode.ShouldBe(0, published.Output);
        var check = await RunAsync(Path.Combine(folder.Path, "tspmo.dll"), "check");
        check.ExitCode.ShouldBe(0, check.Output);
        check.Output.ShouldContain(Path.Combine(folder.Path, "appsettings.json"));
        File.Exists(Path.Combine(folder.Path, "config", "appsettings.schema.json")).ShouldBeTrue();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        // A node that stays behind would hold the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
