using TsPmo.Engine.Pipeline;

namespace TsPmo.Engine.Storage;

/// <summary>Remembers the passes.</summary>
public interface IRunLog
{
    /// <summary>Notes that a pass has begun and gives its number.</summary>
    Task<long> BeginAsync(DateTimeOffset startedAt, bool full, CancellationToken cancellationToken);

    /// <summary>Notes how it ended. A connector that was left out keeps its last pass.</summary>
    Task EndAsync(long run, SyncReport report, CancellationToken cancellationToken);

    /// <summary>The last pass over each connector and the last complete one, ordered by connector.</summary>
    Task<IReadOnlyList<ConnectorSync>> LastAsync(CancellationToken cancellationToken);

    /// <summary>The newest passes, newest first.</summary>
    Task<IReadOnlyList<SyncRun>> RecentAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>How fresh a connector's data are.</summary>
/// <param name="Connector">Connector's name.</param>
/// <param name="FinishedAt">End of its last pass, UTC.</param>
/// <param name="Last">What that pass did.</param>
/// <param name="SucceededAt">Start of its last pass that read every stream to its end, UTC: what the tracker told then is stored. Null: none did.</param>
public sealed record ConnectorSync(string Connector, DateTimeOffset FinishedAt, ConnectorReport Last, DateTimeOffset? SucceededAt);

/// <summary>One pass.</summary>
/// <param name="Run">Number.</param>
/// <param name="StartedAt">Start, UTC.</param>
/// <param name="FinishedAt">End; null while running or when it was killed.</param>
/// <param name="Outcome">How it ended; null likewise.</param>
/// <param name="IsFull">Whether everything was read again.</param>
/// <param name="Connectors">What it did per connector, ordered by name.</param>
public sealed record SyncRun(long Run, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, SyncOutcome? Outcome, bool IsFull, IReadOnlyList<ConnectorReport> Connectors);
