using TsPmo.Engine.Storage;
using TsPmo.Model;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Collect;

/// <summary>Counts what a pass does with one connector and tells it on.</summary>
internal sealed class SyncTally(string connector, IProgress<SyncProgress>? progress)
{
    /// <summary>Errors listed by themselves; the rest is a number, so that a report of a broken tracker stays readable.</summary>
    private const int ErrorLimit = 50;

    private readonly List<SyncError> _errors = [];
    private long _suppressed;
    private bool _isCutShort;
    private long _pages;
    private long _itemsRead;
    private long _itemsChanged;
    private long _itemsDeleted;
    private long _changesStored;
    private long _quarantined;

    public void Stored(string stream, CommitResult result, int quarantined)
    {
        _pages++;
        _itemsRead += result.ItemsRead;
        _itemsChanged += result.ItemsChanged;
        _itemsDeleted += result.ItemsDeleted;
        _changesStored += result.ChangesStored;
        _quarantined += quarantined;
        progress?.Report(new SyncProgress(connector, stream, _pages, _itemsRead, Finished: false));
    }

    /// <summary>Something went on that stores no page.</summary>
    public void Going(string stream) => progress?.Report(new SyncProgress(connector, stream, _pages, _itemsRead, Finished: false));

    /// <summary>A stream ended before its end.</summary>
    public void CutShort(Problem problem)
    {
        _isCutShort = true;
        Fail(problem);
    }

    /// <summary>A part or a record failed; reading went on.</summary>
    public void Fail(Problem problem)
    {
        var error = SyncError.Of(problem);
        if (_errors.Contains(error))
            return;
        if (_errors.Count < ErrorLimit)
            _errors.Add(error);
        else
            _suppressed++;
    }

    /// <summary>Whether something was told about this scope already.</summary>
    public bool HasTold(string scope) => _errors.Exists(e => string.Equals(e.Scope, scope, StringComparison.OrdinalIgnoreCase));

    public ConnectorReport Report(Traffic traffic, string? headroom)
    {
        progress?.Report(new SyncProgress(connector, "", _pages, _itemsRead, Finished: true));
        return new ConnectorReport
        {
            Name = connector,
            Outcome = _errors.Count == 0 ? SyncOutcome.Succeeded : _pages > 0 ? SyncOutcome.Partial : SyncOutcome.Failed,
            Requests = traffic.Requests,
            BytesReceived = traffic.BytesReceived,
            ItemsRead = _itemsRead,
            ItemsChanged = _itemsChanged,
            ItemsDeleted = _itemsDeleted,
            ChangesStored = _changesStored,
            ThrottledMs = (long)traffic.Throttled.TotalMilliseconds,
            Headroom = headroom,
            Quarantined = _quarantined,
            IsComplete = !_isCutShort,
            Errors = _suppressed == 0 ? _errors : [.. _errors, More()],
        };
    }

    private SyncError More() => SyncError.Of(new Problem(
        "more-errors", $"{_suppressed} more problems of '{connector}' are not listed here.", "Solve the listed ones first; the quarantine lists every record.") { Scope = connector });
}
