using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.Jira.Reading.Issues;

/// <summary>
/// Search by position. The result changes while it is read, so every page begins with the last issue of the page before; where that is not so,
/// issues have moved up and the reading steps back until it is. After a break it steps back until a page holds an issue that was read before. What is read twice is dropped or does no harm. Pages with histories grow while they stay
/// small, up to what the server gives, and shrink when they get large or take too long.
/// </summary>
internal sealed class DataCenterSearch(JiraClient client, SearchShape shape) : IIssueSearch
{
    // Two at least: one issue of a page is the last of the page before.
    private const int SmallestPage = 2;
    private const int LargestPage = 1000;
    private const int WantedBytes = 4 * 1024 * 1024;
    private int _size = shape.PageSize;
    private int _cap = int.MaxValue;
    private HashSet<string>? _before;

    public async Task<FoundPage> NextAsync(SearchPosition at, CancellationToken cancellationToken)
    {
        var start = Begin(at);
        while (true)
        {
            var found = FoundIssue.Aside(shape.KeepsBodies);
            using var answer = await AskAsync(at.Jql, start, found, cancellationToken);
            var issues = found.Made.OfType<FoundIssue>().ToList();
            var size = (int)Math.Max(1, answer.Root.Integer("maxResults") ?? _size);
            if (start > 0 && !JoinsOn(issues, at))
            {
                start = Math.Max(0, start - size);
                continue;
            }

            Fit(found.Bytes, size, issues.Count);
            return Page(answer.Root, issues, start, size);
        }
    }

    /// <summary>After a break only the highest number before it is known, so a whole page is read again; without that number everything is.</summary>
    private int Begin(SearchPosition at) => _before is null && at.LastNumber is null ? 0 : Math.Max(0, at.StartAt - (_before is null ? _size : 1));

    /// <summary>Whether nothing lies between a page and what was read before it.</summary>
    private bool JoinsOn(List<FoundIssue> issues, SearchPosition at) =>
        _before is null ? issues.Any(i => i.Number <= at.LastNumber) : issues.Count > 0 && _before.Contains(issues[0].Id);

    /// <summary>The answer for a position. One that tells another position belongs to another question and is asked for again.</summary>
    private Task<TrackerAnswer> AskAsync(string jql, int start, SetAside found, CancellationToken cancellationToken) => OwnAnswer.OfAsync(
        client,
        () => TakeAsync(jql, start, found, cancellationToken),
        a => a.Root.Member("issues").ValueKind == JsonValueKind.Array && a.IsAt(start),
        "a search result without issues, or of another page than was asked for");

    private async Task<TrackerAnswer> TakeAsync(string jql, int start, SetAside found, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await client.AskAsync(JiraClient.Api(isCloud: false) + "search", w => Write(w, jql, start), cancellationToken, found);
            }
            catch (TrackerException e) when (e.IsTooMuch && _size > SmallestPage)
            {
                _cap = _size = Math.Max(SmallestPage, _size / 2);
            }
        }
    }

    /// <summary>The next page's size, by how large this one was.</summary>
    private void Fit(long bytes, int echoed, int count)
    {
        if (!shape.WithHistories || count == 0)
            return;
        if (echoed < _size)
            _cap = Math.Min(_cap, echoed);
        var bytesPerIssue = Math.Max(1, bytes / count);
        _size = Math.Clamp((int)Math.Min(_size * 2, WantedBytes / bytesPerIssue), SmallestPage, Math.Max(SmallestPage, Math.Min(_cap, LargestPage)));
    }

    private FoundPage Page(JsonElement answer, List<FoundIssue> issues, int start, int size)
    {
        var next = start + issues.Count;
        var isLast = issues.Count == 0 || (answer.Integer("total") is { } total ? next >= total : issues.Count < size);
        if (size < SmallestPage && !isLast)
            throw new TrackerException(client.Unexpected("a search result in pages of one issue"));
        var fresh = _before is null ? issues : [.. issues.Where(i => !_before.Contains(i.Id))];
        _before = [.. issues.Select(i => i.Id)];
        return new(fresh, null, next, isLast);
    }

    private void Write(Utf8JsonWriter writer, string jql, int start)
    {
        writer.WriteStartObject();
        writer.WriteString("jql", jql);
        writer.WriteNumber("startAt", start);
        writer.WriteNumber("maxResults", _size);
        writer.WriteStartArray("fields");
        foreach (var field in shape.Fields)
            writer.WriteStringValue(field);
        writer.WriteEndArray();
        if (shape.WithHistories)
        {
            writer.WriteStartArray("expand");
            writer.WriteStringValue("changelog");
            writer.WriteEndArray();
        }

        if (!shape.IsStrict)
            writer.WriteBoolean("validateQuery", false);
        writer.WriteEndObject();
    }
}
