using Microsoft.Extensions.Logging;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Writes every page's way into the store to the log, for those who look closely.</summary>
internal sealed partial class PageLog(ILogger<PageLog> log) : ICommitObserver
{
    public Task ReceivedAsync(string connector, string stream, long page, CancellationToken cancellationToken)
    {
        Received(log, page, stream, connector);
        return Task.CompletedTask;
    }

    public Task StoredAsync(string connector, string stream, long page, CancellationToken cancellationToken)
    {
        Stored(log, page, stream, connector);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Debug, Message = "Received page {Page} ({Stream}) of {Connector}")]
    private static partial void Received(ILogger logger, long page, string stream, string connector);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Debug, Message = "Stored page {Page} ({Stream}) of {Connector}")]
    private static partial void Stored(ILogger logger, long page, string stream, string connector);
}
