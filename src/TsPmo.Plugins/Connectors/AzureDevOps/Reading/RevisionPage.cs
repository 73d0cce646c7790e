using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Sorts one batch of revisions: which concern us, which items came into a bound project with a past that was passed over.</summary>
internal sealed class RevisionPage
{
    private readonly HashSet<(long, long)> _seen = [];
    private readonly Dictionary<long, ItemOnPage> _items = [];

    public RevisionPage(IEnumerable<JsonElement> revisions, ReadingScope scope, KnownItems known)
    {
        foreach (var revision in revisions)
            Take(revision, scope, known);
    }

    /// <summary>Revisions to keep, each once, in the order of the feed.</summary>
    public List<JsonElement> Kept { get; } = [];

    /// <summary>Items whose earlier revisions are not in the feed's part that was kept, with the first kept revision.</summary>
    public List<(long Id, long FirstKept)> Arrived { get; } = [];

    /// <summary>Items with hyperlinks: what they point at has to be asked for.</summary>
    public IEnumerable<long> WithHyperlinks => _items.Where(i => i.Value.Hyperlinks > 0).Select(i => i.Key);

    /// <summary>Items that may have lost their last hyperlink; a new item never had one.</summary>
    public IEnumerable<long> WithoutHyperlinks => _items.Where(i => i.Value is { Hyperlinks: 0, First: > 1 } or { Hyperlinks: 0, HadHyperlinks: true }).Select(i => i.Key);

    private void Take(JsonElement revision, ReadingScope scope, KnownItems known)
    {
        if (revision.Whole("id") is not { } id || revision.Whole("rev") is not { } rev || !_seen.Add((id, rev)))
            return;
        var fields = revision.Child("fields") ?? default;
        if (!scope.Includes(fields.Text(FieldNames.TeamProject)))
        {
            if (!known.Contains(id))
                return;
        }
        else if (known.Add(id) && rev > 1)
        {
            Arrived.Add((id, rev));
        }

        Kept.Add(revision);
        var hyperlinks = fields.Whole(FieldNames.HyperLinkCount) ?? 0;
        var before = _items.GetValueOrDefault(id) ?? new(rev, 0, false);
        _items[id] = before with { Hyperlinks = hyperlinks, HadHyperlinks = before.HadHyperlinks || hyperlinks > 0 };
    }

    private sealed record ItemOnPage(long First, long Hyperlinks, bool HadHyperlinks);
}
