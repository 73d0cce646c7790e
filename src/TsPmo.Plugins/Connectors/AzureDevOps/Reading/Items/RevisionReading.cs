using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>One reading of the feed of revisions, from a cursor on.</summary>
internal sealed class RevisionReading
{
    /// <summary>Items that are asked about one by one before what came of it is stored.</summary>
    private const int LeaversAtOnce = 20;

    private readonly ReadingScope _scope;
    private readonly DateTimeOffset? _since;
    private readonly FeedReader _read;
    private readonly SeenItems _seen = new();
    private readonly ItemDetails _details;
    private readonly MissingRevisions _missing;
    private readonly RevisionRecords _records;
    private readonly CatalogueMisses _misses;
    private readonly HyperlinkReading _hyperlinks;
    private readonly AskedFields _fields;
    private RevisionCursor _cursor;

    public RevisionReading(AzureDevOpsClient client, ReadingScope scope, KnownWords words, KnownIterations iterations, RevisionCursor cursor, DateTimeOffset? since, PlaceRefusals refusals)
    {
        (_scope, _cursor, _since) = (scope, cursor, since);
        var feed = new ReportingFeed(client);
        _fields = new(client, cursor.Fields ?? []);
        _read = refusals.Noticing((project, start, cancellation) => _fields.AskAsync(names => feed.RevisionsAsync(project, start, names, cancellation), cancellation));
        _details = new(client);
        _missing = new(_details, scope, _fields, since);
        _records = new(client, iterations);
        _misses = new(client, scope, words);
        _hyperlinks = new(_details, cursor.Hyperlinks);
    }

    /// <summary>Loads the projects that are not loaded yet.</summary>
    public async IAsyncEnumerable<ReadStep> LoadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var unloaded = _scope.Request.Projects.Where(p => !_cursor.Projects.Contains(p, StringComparer.OrdinalIgnoreCase)).ToList();
        var done = new List<string>();
        await foreach (var step in new ProjectLoads(_read, ReportingFeed.Revisions, _since).RunAsync(unloaded, _cursor.Loads, cancellationToken))
        {
            if (step.Notice is { } notice)
                yield return notice;
            if (step.Batch is not { } batch)
                continue;
            if (step.IsDone)
                done.Add(step.Project);
            var records = await RecordsAsync(batch.Values, cancellationToken);
            if (step.Token is { } token)
                _cursor = _cursor with { Loads = With(_cursor.Loads, step.Project, token) };
            yield return Page(records);
        }

        if (done.Count > 0)
            yield return await LoadedAsync(done, cancellationToken);
        await foreach (var page in FollowLeaversAsync(cancellationToken))
            yield return page;
    }

    /// <summary>Follows the organisation's feed to its present end.</summary>
    public async IAsyncEnumerable<SourcePage> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trail = new TokenTrail(ReportingFeed.Revisions, _cursor.Token);
        while (true)
        {
            var batch = await _read(null, new FeedStart(_cursor.Token, _cursor.From ?? _since), cancellationToken);
            var records = await RecordsAsync(batch.Values, cancellationToken);
            if (batch.IsLast)
                records.AddRange(await _hyperlinks.RestAsync(cancellationToken));
            _cursor = _cursor with { Token = batch.Next(_cursor.Token) };
            if (batch.Values.Count > 0 || records.Count > 0)
                yield return Page(records);
            if (batch.IsLast)
                yield break;
            trail.Onward(_cursor.Token);
        }
    }

    public SourcePage Page(IReadOnlyList<SourceRecord> records) =>
        new([.. _fields.TakeChanged(), .. records], JsonSerializer.Serialize(_cursor with { Fields = _fields.Names, Hyperlinks = _hyperlinks.Open }, CursorJson.Default.RevisionCursor));

    /// <summary>Only when every project has been read is it known which items went elsewhere and not merely from one of them to another.</summary>
    private async Task<SourcePage> LoadedAsync(List<string> done, CancellationToken cancellationToken)
    {
        var records = await _hyperlinks.RestAsync(cancellationToken);
        _cursor = _cursor with
        {
            Projects = [.. _cursor.Projects, .. done],
            Loads = _cursor.Loads?.Where(l => !done.Contains(l.Key)).ToDictionary(StringComparer.Ordinal),
            Leavers = _seen.Unfinished().ToDictionary(i => i.Id, i => (long)i.Revision),
        };
        return Page(records);
    }

    /// <summary>An item that left before its project was loaded: what it went through since is not in the feed of the project, and is behind the organisation's token.</summary>
    private async IAsyncEnumerable<SourcePage> FollowLeaversAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_cursor.Leavers is { Count: > 0 } leavers)
        {
            var revisions = new List<JsonElement>();
            foreach (var (id, last) in leavers.Take(LeaversAtOnce))
                revisions.AddRange(await _details.RevisionsAsync(new(id, last, long.MaxValue), _fields.Names, cancellationToken));
            foreach (var revision in revisions)
                _seen.Note(revision.Whole("id") ?? 0, revision);
            _cursor = _cursor with { Leavers = leavers.Skip(LeaversAtOnce).ToDictionary() };
            yield return Page(await _records.OfAsync(revisions, [], cancellationToken));
        }
    }

    private async Task<List<SourceRecord>> RecordsAsync(IReadOnlyList<JsonElement> values, CancellationToken cancellationToken)
    {
        var page = new RevisionPage(values, _scope, _seen);
        var ours = await _missing.OfAsync(page, cancellationToken);
        ours.AddRange(page.Ours);
        var records = await _records.OfAsync(ours, page.Foreign, cancellationToken);
        records.AddRange(await _misses.OfAsync(ours, cancellationToken));
        records.AddRange(await HyperlinksAsync(page, cancellationToken));
        return records;
    }

    private Task<List<SourceRecord>> HyperlinksAsync(RevisionPage page, CancellationToken cancellationToken)
    {
        if (!_cursor.AreLinksCounted && page.Ours.Exists(r => OutsideLinks.AreCounted(r.Child("fields"))))
            _cursor = _cursor with { AreLinksCounted = true };
        return _cursor.AreLinksCounted
            ? _hyperlinks.TakeAsync(page.HyperlinksBefore.Select(h => (h.Key, h.Value, _seen.Hyperlinks(h.Key))), cancellationToken)
            : _hyperlinks.TakeAsync(page.HyperlinksBefore.Keys, cancellationToken);
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? loads, string project, string token) =>
        new(loads ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [project] = token };
}
