using TsPmo.Sync.Cli;
using TsPmo.Testing.Apps;

namespace TsPmo.Sync.Tests;

/// <summary>The command line in this process, on a clock of the test's choosing.</summary>
internal static class InProcess
{
    public static async Task<TspmoResult> RunAsync(TimeProvider clock, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var machine = new Machine
        {
            Clock = clock, ApplicationDirectory = AppContext.BaseDirectory, WorkingDirectory = Path.GetTempPath(), Out = output, Error = errors,
        };
        var code = await CommandLine.RunAsync(arguments, machine);
        return new TspmoResult(code, output.ToString(), errors.ToString());
    }
}
