using System.Diagnostics;
using System.Globalization;
using System.Text;
using TsPmo.Testing;

namespace TsPmo.Benchmarks;

/// <summary>What a command measured, as it is kept under docs/measured.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Passed">Whether it came out as it must.</param>
/// <param name="Body">The figures, Markdown.</param>
internal sealed record Summary(string Title, bool Passed, string Body)
{
    /// <summary>The variable of the environment that chose this form of the command, which is kept in a file of its own; null: the usual form.</summary>
    public (string Variable, string Value)? Setting { get; init; }

    /// <summary>Prints the summary and keeps it with date, commit and the machine's size.</summary>
    public async Task WriteAsync(string command, CancellationToken cancellation)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# {Title}")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, commit {await CommitAsync(cancellation)}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB.")
            .AppendLine(CultureInfo.InvariantCulture, $"Repeat with `{(Setting is { } form ? $"{form.Variable}={form.Value} " : "")}dotnet run -c Release --project tests/TsPmo.Benchmarks -- {command}`.")
            .AppendLine()
            .Append(Body)
            .ToString();
        Console.Out.Write(text);
        var folder = Path.Combine(SharedFolder.RepositoryRoot(), "docs", "measured");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{command}{(Setting is { } chosen ? $"-{chosen.Value}" : "")}.md"), text, cancellation);
    }

    private static async Task<string> CommitAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", "rev-parse --short HEAD") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = SharedFolder.RepositoryRoot() };
        using var git = Process.Start(start);
        return git is null ? "unknown" : (await git.StandardOutput.ReadToEndAsync(cancellation)).Trim();
    }
}
