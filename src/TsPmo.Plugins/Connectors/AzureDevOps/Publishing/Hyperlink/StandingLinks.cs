using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Hyperlink;

/// <summary>A link of an item with its place among the item's relations, by which it is changed, and its id.</summary>
internal sealed record StandingLink(int Index, string? Id, NotedLink Link);

/// <summary>The hyperlinks of an item.</summary>
internal sealed class StandingLinks
{
    private const string Rel = "Hyperlink";

    private readonly IReadOnlyList<StandingLink> _all;

    public StandingLinks(AnchorState item) => _all =
    [
        .. item.Relations.Select((relation, index) => (relation, index)).Where(r => r.relation.Text("rel") == Rel)
            .Select(r => new StandingLink(r.index, r.relation.Child("attributes").Text("id"), new(r.relation.Text("url") ?? "", r.relation.Child("attributes").Text("comment") ?? ""))),
    ];

    /// <summary>Our link, or the one that stands in its place: an item has no two links to one address.</summary>
    public StandingLink? Find(LinkNote ours, params IEnumerable<string?> addresses) =>
        _all.FirstOrDefault(l => ours.IsOurs(l.Link)) ?? _all.FirstOrDefault(l => addresses.Contains(l.Link.Url, StringComparer.Ordinal));

    /// <summary>Exactly this link.</summary>
    public StandingLink? Find(NotedLink link) => _all.FirstOrDefault(l => l.Link == link);

    /// <summary>What makes a link of what stands there. The address of a link cannot be changed, so another one takes its place.</summary>
    public static IReadOnlyList<ItemChange> Changes(int? index, NotedLink? standing, NotedLink? wanted)
    {
        if (index is { } at && standing?.Url == wanted?.Url)
            return [new("add", $"/relations/{at}/attributes/comment", w => w.WriteStringValue(wanted?.Comment))];
        var changes = new List<ItemChange>();
        if (index is { } gone)
            changes.Add(new("remove", $"/relations/{gone}", null));
        if (wanted is not null)
            changes.Add(Added(wanted));
        return changes;
    }

    private static ItemChange Added(NotedLink link) => new("add", "/relations/-", w =>
    {
        w.WriteStartObject();
        w.WriteString("rel", Rel);
        w.WriteString("url", link.Url);
        w.WriteStartObject("attributes");
        w.WriteString("comment", link.Comment);
        w.WriteEndObject();
        w.WriteEndObject();
    });
}
