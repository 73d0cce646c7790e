using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira.Normalising;
using TsPmo.Plugins.Connectors.Jira.Reading.Issues;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>
/// Links to addresses of which no history tells. No query finds them and each issue costs a request, so every issue is asked once, and only so many of them in a pass. A first
/// reading, or one of everything, asks them all where that is enough for it. Otherwise that is for when the whole is reconciled: those that are new, and then the others, the newest
/// first. When all have been asked a reconciliation asks no more than what was updated since.
/// </summary>
internal sealed class RemoteLinkStream(JiraClient client)
{
    /// <summary>Issues that one pass asks.</summary>
    private const int MostInAPass = 500;

    private const int AtOnce = 50;

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await client.SessionAsync(cancellationToken);
        var projects = ProjectNotices.Known(session, request.Projects);
        // A first pass leaves marks whatever becomes of it, so that it is the only one, unless it was broken off: then the next one goes on.
        if (request.Depth == ReadDepth.Changes && request.Cursor is null)
            yield return Marked(new() { IsUnderWay = true });
        var last = CursorText.Read<RemoteLinkMarks>(request.Cursor);
        if (projects.Count == 0 || !IsDue(request, last))
            yield break;
        var isAtNight = request.Depth == ReadDepth.Reconcile;
        var marks = Marks(last, projects) with { IsUnderWay = !isAtNight };
        var due = await DueAsync(session, marks, takesPart: isAtNight, cancellationToken);
        var links = new RemoteLinks(client, session);
        foreach (var some in (due.IsAll || isAtNight ? due.Issues : []).Chunk(AtOnce))
        {
            var told = await Task.WhenAll(some.Select(async id => (Id: Number(id), Links: await links.OfAsync(Number(id), cancellationToken))));
            if (told.All(t => t.Links is null))
            {
                due = due with { IsAll = false };
                break;
            }

            marks = some.Aggregate(marks, (m, id) => m.After(id));
            yield return Marked(marks, told.Where(t => IsWorthTelling(t.Links)).Select(t => new SourceRecord(RecordKinds.RemoteLinks, t.Id, t.Links.GetValueOrDefault(), default)));
        }

        // A full pass comes without the marks, and must not lose them where it asked nothing.
        if (due.IsAll || request.Depth == ReadDepth.Changes)
            yield return Marked(marks with { IsUnderWay = false, WholeSince = due.IsAll ? session.ReadUntil : marks.WholeSince });
    }

    private static bool IsDue(ReadRequest request, RemoteLinkMarks? last) => request.Depth != ReadDepth.Changes || request.Cursor is null || last is { IsUnderWay: true };

    private static SourcePage Marked(RemoteLinkMarks marks, IEnumerable<SourceRecord>? records = null) => new([.. records ?? []], CursorText.Write(marks));

    /// <summary>How far earlier passes came. Where a project is new everything begins anew, since its issues have any numbers.</summary>
    private static RemoteLinkMarks Marks(RemoteLinkMarks? last, IReadOnlyList<string> projects) =>
        last is not null && projects.All(p => last.Projects.Contains(p, StringComparer.Ordinal)) ? last with { Projects = projects } : new() { Projects = projects };

    /// <summary>The numbers of the next issues, in the order in which marks follow them, and whether that is all there is. Where a part of them is of no use the list is left when it gets too long.</summary>
    private async Task<DueIssues> DueAsync(JiraSession session, RemoteLinkMarks marks, bool takesPart, CancellationToken cancellationToken)
    {
        var (newer, older, isAll) = (new SortedSet<long>(), new SortedSet<long>(), true);
        var search = IssueSearches.Begin(client, session, SearchShape.Ids);
        await foreach (var page in search.PagesAsync(JiraQuery.Issues(marks.Projects, [], marks.WholeSince, session.Zone, client.Options.HistorySince), cancellationToken))
        {
            foreach (var id in page.Issues.Select(i => i.Number).OfType<long>())
            {
                if (marks.IsNewer(id))
                    newer.Add(id);
                else if (marks.IsOlder(id))
                    older.Add(id);
            }

            isAll &= !Cut(newer, s => s.Max) & !Cut(older, s => s.Min);
            if (!isAll && !takesPart)
                break;
        }

        var issues = newer.Concat(older.Reverse()).Take(MostInAPass).ToList();
        return new(issues, isAll && issues.Count == newer.Count + older.Count);
    }

    /// <summary>Leaves no more than a pass asks, so that memory does not grow with the projects. Whether any had to go.</summary>
    private static bool Cut(SortedSet<long> ids, Func<SortedSet<long>, long> last)
    {
        var before = ids.Count;
        while (ids.Count > MostInAPass)
            ids.Remove(last(ids));
        return ids.Count < before;
    }

    /// <summary>Whether there are links, or none came because Jira fails on them.</summary>
    private static bool IsWorthTelling(JsonElement? links) => links is { } told && (told.ValueKind != JsonValueKind.Array || told.Items().Any());

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record DueIssues(IReadOnlyList<long> Issues, bool IsAll);
}
