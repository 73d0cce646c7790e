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
            OpenOut = () => new Bytes(output),
        };
        var code = await CommandLine.RunAsync(arguments, machine);
        return new TspmoResult(code, output.ToString(), errors.ToString());
    }

    /// <summary>Takes bytes for the same output; they become text when the stream is closed.</summary>
    private sealed class Bytes(StringWriter output) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            output.Write(System.Text.Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length));
            base.Dispose(disposing);
        }
    }
}
