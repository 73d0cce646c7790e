using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace TsPmo.Sync.Logging;

/// <summary>The log: on standard error, one line an entry.</summary>
internal static class LogOutput
{
    public static void Configure(ILoggingBuilder logging, LogLevel least, TimeProvider clock)
    {
        var isDetailed = least <= LogLevel.Debug;
        logging.ClearProviders();
        logging.SetMinimumLevel(least);
        // The framework's request loggers print addresses, which can carry what is not ours to print; what stops a host is told by the verb.
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", isDetailed ? LogLevel.Error : LogLevel.None);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.Services.TryAddSingleton(clock);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddConsoleFormatter<LogLine, LogLineOptions>(options => options.TellsWhere = isDetailed);
        logging.AddConsole(options => options.FormatterName = LogLine.FormName);
    }
}
