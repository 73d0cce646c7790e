using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace TsPmo.Sync.Cli;

/// <summary>The log: on standard error, in UTC, one line an entry.</summary>
internal static class LogOutput
{
    public static void Configure(ILoggingBuilder logging, LogLevel least, bool json)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(least);
        // The framework's own request loggers print addresses, and addresses can carry what is not ours to print.
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (json)
            logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        else
            logging.AddSimpleConsole(options => (options.UseUtcTimestamp, options.TimestampFormat, options.SingleLine) = (true, "HH:mm:ss ", true));
    }
}
