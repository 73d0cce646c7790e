using TsPmo.Engine.Pipeline.Collect;
using TsPmo.Engine.Reporting.Exports;
using TsPmo.Engine.Storage;
using TsPmo.Model.Contracts;

namespace TsPmo.Engine.Pipeline.Sweep;

/// <summary>
/// Lets a connector list what is there, and looks up every item whose listing does not fit what is stored. A listing proves nothing by itself, since indexes lag and rights
/// change while it runs: only the tracker's word on the single item is believed.
/// </summary>
internal sealed class SweepPass(ConnectorInstance connector, IFactStore facts, ISweepLedger ledger, PageWriter writer, SyncTally tally, TimeProvider clock)
{
    /// <summary>The name under which what was looked up is committed; no stream of a connector's.</summary>
    public const string Stream = "sweep";

    /// <summary>Items looked up at a time.</summary>
    private const int BatchSize = 300;

    private readonly Disappearances _disappearances = new();
    private string _cursor = "";
    private long _version;

    /// <summary>One sweep. What fails is told and leaves what was committed until then.</summary>
    public async Task RunAsync(ISweep power, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        await ledger.ClearAsync(connector.Name, cancellationToken);
        if (await ListAsync(power, cancellationToken) is { } completed)
            await LookAsync(power, completed, cancellationToken);
        await ledger.ClearAsync(connector.Name, cancellationToken);
        foreach (var problem in _disappearances.Problems())
            tally.Fail(problem);
    }

    /// <summary>Looks at items of which revisions are missing, without listing anything.</summary>
    public async Task CompleteAsync(ISweep power, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        foreach (var batch in ids.Chunk(BatchSize))
        {
            if (!await LookAsync(power, [.. batch], cancellationToken))
                return;
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _cursor = CellText.Of(clock.GetUtcNow());
        _version = (await facts.CursorAsync(connector.Name, Stream, cancellationToken)).Version;
    }

    /// <summary>Projects that were listed whole; null when the listing did not come to its end, so that nothing can be concluded.</summary>
    private async Task<IReadOnlyList<string>?> ListAsync(ISweep power, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? completed = null;
        var isToldWhy = false;
        await foreach (var step in power.SweepAsync(connector.Projects, cancellationToken).WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case SweptItems items:
                    await ledger.AddAsync(connector.Name, items.AreBeyondHistory ? await ledger.StoredAsync(connector.Name, items.Ids, cancellationToken) : items.Ids, cancellationToken);
                    tally.Going(Stream);
                    break;
                case SweepCompleted end:
                    completed = end.Projects;
                    break;
                case ReadNotice notice:
                    isToldWhy = true;
                    tally.Fail(notice.Problem);
                    break;
                case ReadFailure failure:
                    tally.Fail(failure.Problem);
                    return null;
            }
        }

        if (!isToldWhy && SweepProblems.Unlisted(connector, completed, tally) is { } problem)
            tally.Fail(problem);
        return completed;
    }

    private async Task LookAsync(ISweep power, IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var batch = new List<string>(BatchSize);
        await foreach (var id in ledger.SuspectsAsync(connector.Name, projects, cancellationToken))
        {
            batch.Add(id);
            if (batch.Count < BatchSize)
                continue;
            if (!await LookAsync(power, batch, cancellationToken))
                return;
            batch = new List<string>(BatchSize);
        }

        if (batch.Count > 0)
            await LookAsync(power, batch, cancellationToken);
    }

    /// <summary>Looks a batch up and commits what is told. False when nothing more should be asked.</summary>
    private async Task<bool> LookAsync(ISweep power, List<string> ids, CancellationToken cancellationToken)
    {
        await foreach (var step in power.LookAsync(ids, cancellationToken).WithCancellation(cancellationToken))
        {
            switch (step)
            {
                case LookedAt looked:
                    var asked = looked with { Absent = [.. looked.Absent.Where(a => ids.Contains(a.Id, StringComparer.Ordinal))] };
                    if (await writer.WriteAsync(Stream, asked, _cursor, _version, cancellationToken) is not { } result)
                        return false;
                    _version++;
                    _disappearances.Add(result.NewlyHidden);
                    break;
                case ReadNotice notice:
                    tally.Fail(notice.Problem);
                    break;
                case ReadFailure failure:
                    tally.Fail(failure.Problem);
                    return false;
            }
        }

        return true;
    }
}
