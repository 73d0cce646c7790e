using TsPmo.Sandbox.AzureDevOps.State;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>
/// Relations by kind: blocks is Successor seen from the blocker (predecessor), duplicates is Duplicate Of seen from the duplicate,
/// relates and caused-by are Related (the templates have no causal link; exports read it as relates). An address becomes a hyperlink.
/// </summary>
internal static class Linking
{
    public static void Add(AzureDevOpsOrganisation organisation, ChangeSet changes, LinkSpec link)
    {
        var from = organisation.Item(ItemId.Parse(link.FromId));
        if (link.ToId is not null)
            changes.Link(from, Type(link.Kind), organisation.Item(ItemId.Parse(link.ToId)));
        else if (link.ToUrl is not null && !Hyperlinks(changes.Draft(from), link.ToUrl).Any())
            changes.AddHyperlink(from, link.ToUrl);
        changes.Commit();
    }

    public static void Remove(AzureDevOpsOrganisation organisation, ChangeSet changes, LinkSpec link)
    {
        var from = organisation.Item(ItemId.Parse(link.FromId));
        if (link.ToId is not null)
            changes.Unlink(from, Type(link.Kind), organisation.Item(ItemId.Parse(link.ToId)));
        else if (link.ToUrl is not null)
            foreach (var index in Hyperlinks(changes.Draft(from), link.ToUrl).Reverse().ToList())
                changes.Draft(from).RemoveAt(index);
        changes.Commit();
    }

    private static IEnumerable<int> Hyperlinks(ItemDraft draft, string url) =>
        Enumerable.Range(0, draft.Relations.Count).Where(index => draft.Relations[index].Rel == LinkTypes.Hyperlink && draft.Relations[index].Url == url);

    private static LinkType Type(string kind)
    {
        var rel = kind switch
        {
            "blocks" => LinkTypes.Successor,
            "duplicates" => LinkTypes.DuplicateOf,
            "relates" or "caused-by" => LinkTypes.Related,
            _ => throw new ArgumentException($"\"{kind}\" is no kind of link.", nameof(kind)),
        };
        return LinkTypes.Find(rel) ?? throw new InvalidOperationException($"The link type {rel} is missing.");
    }
}
