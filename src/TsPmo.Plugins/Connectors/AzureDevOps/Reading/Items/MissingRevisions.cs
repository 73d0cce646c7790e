using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// Brings the revisions that a page needs and the feed does not give: those an item had before it came into a bound project, and the state of an item
/// that is older than the history that is read. One question per 200 items says which of the two it is, if either.
/// </summary>
internal sealed class MissingRevisions(ItemDetails details, ReadingScope scope, AskedFields fields, DateTimeOffset? since)
{
    // Servers keep instants less precisely than they write them.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    public async Task<List<JsonElement>> OfAsync(RevisionPage page, CancellationToken cancellationToken)
    {
        var (found, gaps) = (new List<JsonElement>(), new List<RevisionGap>(page.Gaps));
        if (page.Unexplained.Count > 0)
            await ExplainAsync(page, found, gaps, cancellationToken);
        foreach (var gap in gaps)
            found.AddRange(Cut(await details.RevisionsAsync(gap, fields.Names, cancellationToken), since));
        return found;
    }

    /// <summary>Of what lies before the history that is read, the last state is enough.</summary>
    public static IEnumerable<JsonElement> Cut(IReadOnlyList<JsonElement> revisions, DateTimeOffset? since) =>
        revisions.Skip(Math.Max(0, revisions.TakeWhile(r => At(r) < since).Count() - 1));

    private async Task ExplainAsync(RevisionPage page, List<JsonElement> found, List<RevisionGap> gaps, CancellationToken cancellationToken)
    {
        // One without a date goes into quarantine, and must not carry the others' question to the end of time.
        var dated = page.Unexplained.Where(u => At(u.Value) < DateTimeOffset.MaxValue).ToList();
        if (dated.Count == 0)
            return;
        var instant = dated.Min(u => At(u.Value)) - Before;
        var earlier = await fields.AskAsync(names => details.AsOfAsync(dated.Select(u => u.Key), instant, names, cancellationToken), cancellationToken);
        foreach (var (id, first) in dated)
        {
            var number = first.Whole("rev") ?? 0;
            if (!earlier.TryGetValue(id, out var before))
            {
                // One that was there already cannot be read any more; one that was not has been made elsewhere since.
                if (first.Child("fields") is { } f && f.Instant(FieldNames.CreatedDate) >= instant)
                    gaps.Add(new(id, 0, number));
                continue;
            }

            page.HyperlinksBefore[id] = OutsideLinks.Of(before.Child("fields"));
            if (!scope.Includes(before.Child("fields").Text(FieldNames.TeamProject)))
                gaps.Add(new(id, 0, number));
            else if (At(before) < since)
                Rebase(before, number, found, gaps);
        }
    }

    /// <summary>The item was in a bound project before the history that is read begins: its state then is where its history begins.</summary>
    private static void Rebase(JsonElement before, long first, List<JsonElement> found, List<RevisionGap> gaps)
    {
        found.Add(before);
        if (before.Whole("id") is { } id && before.Whole("rev") is { } rev && rev < first - 1)
            gaps.Add(new(id, rev, first));
    }

    private static DateTimeOffset At(JsonElement revision) => WireDate.Instant(revision.Child("fields").Text(FieldNames.ChangedDate)) ?? DateTimeOffset.MaxValue;
}
