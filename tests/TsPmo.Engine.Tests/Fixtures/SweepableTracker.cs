using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>
/// A tracker with items that can be deleted, hidden, moved and brought back. Its stream "items" tells what was put into <see cref="Feed"/> since the cursor; its sweep and its
/// looks tell what is there.
/// </summary>
public sealed class SweepableTracker : IConnector, INormaliser, ISweep, IQuerying
{
    private readonly Dictionary<string, IReadOnlyList<Fact>> _records = new(StringComparer.Ordinal);

    /// <summary>What the tracker knows about now, by id.</summary>
    public SortedDictionary<string, WorkItemFact> There { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that are there and out of our sight.</summary>
    public HashSet<string> Hidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that a search finds although they are gone, or does not find although they are there.</summary>
    public HashSet<string> Lagging { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids that are older than what is read.</summary>
    public HashSet<string> Beyond { get; } = new(StringComparer.Ordinal);

    /// <summary>Pages of the stream.</summary>
    public List<Fact[]> Feed { get; } = [];

    /// <summary>Further facts that come with an item's record.</summary>
    public Dictionary<string, Fact[]> Beside { get; } = new(StringComparer.Ordinal);

    /// <summary>Projects that cannot be seen at all.</summary>
    public HashSet<string> Vanished { get; } = new(StringComparer.Ordinal);

    /// <summary>How the stream fails; null: not.</summary>
    public Problem? StreamFailure { get; set; }

    /// <summary>How the sweep fails after its first ids; null: not.</summary>
    public Problem? SweepFailure { get; set; }

    /// <summary>How a look fails after its first answer; null: not.</summary>
    public Problem? LookFailure { get; set; }

    /// <summary>Whether the sweep ends without saying so.</summary>
    public bool StopsShort { get; set; }

    /// <summary>Items told in one answer of a look.</summary>
    public int LookPage { get; set; } = 100;

    public List<ReadRequest> Reads { get; } = [];

    /// <summary>Number of sweeps.</summary>
    public int Sweeps { get; private set; }

    /// <summary>The ids of every look.</summary>
    public List<IReadOnlyList<string>> Looks { get; } = [];

    public IReadOnlyList<string> Streams => ["items"];

    public ConnectorInstance As(string name, params string[] projects) =>
        new(name, "Sweepable", this, this, new Dictionary<string, IPublisher>(StringComparer.Ordinal), projects.Length == 0 ? ["PAY"] : projects);

    /// <summary>Puts items there and tells of them.</summary>
    public SweepableTracker Puts(params WorkItemFact[] items)
    {
        foreach (var item in items)
            There[item.Id] = item;
        Feed.Add([.. items]);
        return this;
    }

    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) => Task.FromResult(new ProbeReport { Reachable = true });

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Reads.Add(request);
        await Task.Yield();
        if (StreamFailure is { } failure)
        {
            yield return new ReadFailure(failure);
            yield break;
        }

        for (var page = request.Cursor is null ? 0 : int.Parse(request.Cursor, System.Globalization.CultureInfo.InvariantCulture); page < Feed.Count; page++)
            yield return new SourcePage([.. Feed[page].Select((fact, i) => Record($"page-{page}-{i}", fact))], $"{page + 1}");
    }

    public async IAsyncEnumerable<ReadStep> SweepAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Sweeps++;
        await Task.Yield();
        var seen = projects.Except(Vanished, StringComparer.Ordinal).ToList();
        var listed = There.Values.Where(i => !Hidden.Contains(i.Id) && seen.Contains(Project(i), StringComparer.Ordinal)).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        listed.SymmetricExceptWith(Lagging);
        yield return new SweptItems([.. listed.Where(Beyond.Contains)]) { AreBeyondHistory = true };
        foreach (var ids in listed.Where(id => !Beyond.Contains(id)).Chunk(2))
        {
            yield return new SweptItems(ids);
            if (SweepFailure is { } failure)
            {
                yield return new ReadFailure(failure);
                yield break;
            }
        }

        if (!StopsShort)
            yield return new SweepCompleted(seen);
    }

    /// <summary>Items that fulfil every condition.</summary>
    public HashSet<string> Matching { get; } = new(StringComparer.Ordinal);

    /// <summary>Conditions that were asked.</summary>
    public List<string> Asked { get; } = [];

    public async IAsyncEnumerable<ReadStep> MatchAsync(string project, string condition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Asked.Add(condition);
        await Task.Yield();
        foreach (var ids in Matching.Chunk(2))
            yield return new SweptItems(ids);
        yield return SweepFailure is { } failure ? new ReadFailure(failure) : new SweepCompleted([project]);
    }

    public async IAsyncEnumerable<ReadStep> LookAsync(IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Looks.Add(ids);
        await Task.Yield();
        foreach (var part in ids.Chunk(LookPage))
        {
            var visible = part.Where(id => There.ContainsKey(id) && !Hidden.Contains(id)).ToList();
            var absent = part.Except(visible, StringComparer.Ordinal).Select(id => new AbsentItem(id, Hidden.Contains(id) ? Absence.Hidden : Absence.Deleted));
            yield return new LookedAt([.. visible.Select(id => Record($"look-{id}", [There[id], .. Beside.GetValueOrDefault(id, [])]))], [.. absent]);
            if (LookFailure is { } failure)
            {
                yield return new ReadFailure(failure);
                yield break;
            }
        }
    }

    public Normalised Normalise(SourceRecord record) => new(_records[record.Id]);

    private static string Project(WorkItemFact item) => item.Values[RawFields.Project].Text ?? "";

    private SourceRecord Record(string id, params Fact[] facts)
    {
        _records[id] = facts;
        return new SourceRecord("item", id, JsonDocument.Parse("{}").RootElement, default);
    }
}
