using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TsPmo.Sync.Logging;

/// <summary>
/// One entry, one line, in UTC. Of a fault only its kind is told: its text may hold what must not be shown. Where it happened follows on demand.
/// </summary>
internal sealed class LogLine(TimeProvider clock, IOptions<LogLineOptions> options) : ConsoleFormatter(FormName)
{
    public const string FormName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel.ToString().ToLowerInvariant().PadRight(12));
        textWriter.Write(logEntry.Formatter(logEntry.State, null).ReplaceLineEndings(" "));
        if (logEntry.Exception is { } fault)
            textWriter.Write($" ({fault.GetType().Name})");
        textWriter.WriteLine();
        if (options.Value.TellsWhere && logEntry.Exception?.StackTrace is { } trace)
            textWriter.WriteLine(trace);
    }
}

/// <summary>How much a line tells.</summary>
internal sealed class LogLineOptions : ConsoleFormatterOptions
{
    /// <summary>Whether the place of a fault in the program is told.</summary>
    public bool TellsWhere { get; set; }
}
