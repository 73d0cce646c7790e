using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Tests.Fixtures;

/// <summary>A tracker that plays pages of facts by stream. Cursors count the pages: "2" resumes after the second. It is its own normaliser: a record's id finds its facts.</summary>
public sealed class ScriptedTracker : IConnector, INormaliser, ITraffic
{
    private readonly Dictionary<string, List<ReadStep>> _script = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Normalised> _records = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Streams => [.. _script.Keys];

    public List<ReadRequest> Requests { get; } = [];

    public Traffic Total => new(Requests.Count, 100 * Requests.Count, TimeSpan.FromMilliseconds(7 * Requests.Count));

    public string? Headroom { get; set; }

    public ConnectorInstance As(string name, params string[] projects) =>
        new(name, "Scripted", this, this, new Dictionary<string, IPublisher>(StringComparer.Ordinal), projects);

    public ScriptedTracker Page(string stream, params Fact[] facts) => Records(stream, [.. facts.Select(f => new Normalised([f]))]);

    public ScriptedTracker Records(string stream, params Normalised[] records)
    {
        var steps = Steps(stream);
        var page = new List<SourceRecord>();
        foreach (var record in records)
        {
            var id = $"{stream}-{_records.Count}";
            _records[id] = record;
            page.Add(new SourceRecord("record", id, JsonDocument.Parse($"{{\"id\":\"{id}\"}}").RootElement, default));
        }

        steps.Add(new SourcePage(page, $"{steps.Count + 1}"));
        return this;
    }

    /// <summary>Plays one record again under its id, understood otherwise than before.</summary>
    public ScriptedTracker Again(string stream, string recordId, Normalised understood)
    {
        _records[recordId] = understood;
        Steps(stream).Add(new SourcePage([new SourceRecord("record", recordId, default, default)], $"{Steps(stream).Count + 1}"));
        return this;
    }

    public ScriptedTracker Fails(string stream, Problem problem)
    {
        Steps(stream).Add(new ReadFailure(problem));
        return this;
    }

    public ScriptedTracker Notes(string stream, Problem problem)
    {
        Steps(stream).Add(new ReadNotice(problem));
        return this;
    }

    /// <summary>Forgets the failures, as a tracker that came back.</summary>
    public void Recover()
    {
        foreach (var steps in _script.Values)
            steps.RemoveAll(s => s is not SourcePage);
    }

    public Task<ProbeReport> ProbeAsync(ProbeRequest request, CancellationToken cancellationToken) => Task.FromResult(new ProbeReport { Reachable = true });

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var skip = request.Cursor is null ? 0 : int.Parse(request.Cursor, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var step in _script[request.Stream].Skip(skip))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return step;
        }
    }

    public Normalised Normalise(SourceRecord record) => _records[record.Id];

    private List<ReadStep> Steps(string stream)
    {
        if (!_script.TryGetValue(stream, out var steps))
            _script[stream] = steps = [];
        return steps;
    }
}
