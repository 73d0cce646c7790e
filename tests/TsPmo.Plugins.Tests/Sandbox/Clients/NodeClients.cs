using System.Diagnostics;
using TsPmo.Testing;

namespace TsPmo.Plugins.Tests.Sandbox.Clients;

/// <summary>
/// The published clients of a tracker, installed from their lock file into a folder of this run, and the scripts that read with them.
/// Each tracker's clients have a folder of their own beside this file; what the scripts share is beside them.
/// </summary>
public abstract class NodeClients(string clients) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string? _failure;

    public async ValueTask InitializeAsync()
    {
        if (Optional.LacksNode)
            return;
        var shared = Path.Combine(AppContext.BaseDirectory, "Sandbox", "Clients");
        foreach (var file in Directory.EnumerateFiles(shared, "*.mjs").Concat(Directory.EnumerateFiles(Path.Combine(shared, clients))))
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        var (code, output) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        _failure = code == 0 ? null : output;
    }

    /// <summary>Runs a script against a tracker and gives what it said, line by line; the last line counts.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string script, string baseUrl, string user, string token)
    {
        _failure.ShouldBeNull("npm could not install the clients");
        var (_, output) = await RunAsync("node", [script, baseUrl, user, token]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private async Task<(int Code, string Output)> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var cancellation = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + (process.ExitCode == 0 ? "" : await errors));
    }
}

/// <summary>The clients of Jira.</summary>
public sealed class JiraJsClients() : NodeClients("JiraJs");

/// <summary>The vendor's own client of Azure DevOps.</summary>
public sealed class AzureDevOpsNodeClients() : NodeClients("AzureDevOpsNode");
