using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>One batch of revisions, sorted: those of bound projects, those of others, and the items of which something is missing.</summary>
internal sealed class RevisionPage
{
    private readonly HashSet<(long, long)> _taken = [];
    private readonly Dictionary<long, JsonElement> _first = [];

    public RevisionPage(IEnumerable<JsonElement> revisions, ReadingScope scope, SeenItems seen)
    {
        foreach (var revision in revisions)
        {
            if (revision.Whole("id") is { } id && revision.Whole("rev") is { } rev && _taken.Add((id, rev)))
                Take(id, rev, revision, scope, seen);
        }
    }

    /// <summary>Revisions made in a bound project, or of an item that this reading knows, each once, in the order of the feed.</summary>
    public List<JsonElement> Ours { get; } = [];

    /// <summary>Revisions made elsewhere: they concern us only where the item once was in a bound project.</summary>
    public List<JsonElement> Foreign { get; } = [];

    /// <summary>Items met for the first time with a revision that is not their first, and that revision.</summary>
    public IReadOnlyDictionary<long, JsonElement> Unexplained => _first;

    /// <summary>Revisions that are missing between two that were seen: the item was elsewhere meanwhile.</summary>
    public List<RevisionGap> Gaps { get; } = [];

    /// <summary>Items of which the page says how many addresses they point at (<see cref="OutsideLinks"/>), with the number before it.</summary>
    public Dictionary<long, int> HyperlinksBefore { get; } = [];

    private void Take(long id, long rev, JsonElement revision, ReadingScope scope, SeenItems seen)
    {
        var last = seen.LastRevision(id);
        if (last is null && !scope.Includes(revision.Child("fields").Text(FieldNames.TeamProject)))
        {
            Foreign.Add(revision);
            return;
        }

        Ours.Add(revision);
        HyperlinksBefore.TryAdd(id, seen.Hyperlinks(id));
        if (last is { } seenLast && rev > seenLast + 1)
            Gaps.Add(new(id, seenLast, rev));
        else if (last is null && rev > 1)
            _first[id] = revision;
        seen.Note(id, revision);
    }
}

/// <summary>Revisions of an item after one and before another, both exclusive.</summary>
internal readonly record struct RevisionGap(long Id, long After, long Before);
