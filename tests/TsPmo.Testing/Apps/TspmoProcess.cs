using System.Diagnostics;
using System.Text;

namespace TsPmo.Testing.Apps;

/// <summary>The built application run as its users run it: a process of its own.</summary>
public sealed class TspmoProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private TspmoProcess(Process process, Action<string>? onErrorLine)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = ReadLinesAsync(process.StandardError, onErrorLine);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Path of the built assembly, next to the tests that reference the application.</summary>
    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "tspmo.dll");

    public static TspmoProcess Start(IEnumerable<string> arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null, Action<string>? onErrorLine = null)
    {
        // A shell that started the tests in the background makes its children ignore interrupts; the application is run as a person runs it.
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8, WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
        };
        if (OperatingSystem.IsLinux())
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new TspmoProcess(Process.Start(start) ?? throw new InvalidOperationException("The application did not start."), onErrorLine);
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<TspmoResult> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync(cancellation);
    }

    /// <summary>SIGKILL: nothing in the process runs after it.</summary>
    public void Kill() => _process.Kill();

    public async Task<TspmoResult> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return new TspmoResult(_process.ExitCode, await _output, await _errors);
    }

    private static async Task<string> ReadLinesAsync(StreamReader reader, Action<string>? onLine)
    {
        var all = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine?.Invoke(line);
            all.AppendLine(line);
        }

        return all.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}

/// <summary>How a run ended.</summary>
public sealed record TspmoResult(int ExitCode, string Output, string Errors);
