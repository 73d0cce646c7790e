using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>Links between items, told one by one, and hyperlinks, told with their item.</summary>
internal static class LinkFacts
{
    private const string Hierarchy = "System.LinkTypes.Hierarchy";
    private const string Dependency = "System.LinkTypes.Dependency";
    private const string Duplicate = "System.LinkTypes.Duplicate";
    private const string Reverse = "-Reverse";
    private const string Forward = "-Forward";

    public static Normalised OfLink(JsonElement body)
    {
        if (body.Text("rel") is not { } rel || body.Text("sourceId") is not { } source || body.Text("targetId") is not { } target || body.Instant("changedDate") is not { } at)
            return AzureDevOpsNormaliser.NotUnderstood("A link lacks its type, an end or its date.");
        var type = rel.EndsWith(Reverse, StringComparison.OrdinalIgnoreCase) ? rel[..^Reverse.Length] : rel.EndsWith(Forward, StringComparison.OrdinalIgnoreCase) ? rel[..^Forward.Length] : rel;
        // Seen from the end at which the vendor names the link "forward": parent, predecessor, original.
        var (from, to) = rel.EndsWith(Reverse, StringComparison.OrdinalIgnoreCase) ? (target, source) : (source, target);
        // Parents are fields of the revisions.
        if (type.Equals(Hierarchy, StringComparison.OrdinalIgnoreCase))
            return new([]);
        var isActive = body.Child("isActive") is null || body.Flag("isActive");
        if (type.Equals(Dependency, StringComparison.OrdinalIgnoreCase))
            return Link(type, from, LinkKind.Blocks, to);
        if (type.Equals(Duplicate, StringComparison.OrdinalIgnoreCase))
            return Link(type, to, LinkKind.Duplicates, from);
        return string.CompareOrdinal(from, to) <= 0 ? Link(type, from, LinkKind.Relates, to) : Link(type, to, LinkKind.Relates, from);

        Normalised Link(string name, string subject, LinkKind kind, string other) =>
            new([new LinkFact($"{name}/{subject}/{other}", at.UtcTicks, subject, kind, other, isActive)]);
    }

    public static Normalised OfRelations(JsonElement body)
    {
        if (body.Text("id") is not { } id)
            return AzureDevOpsNormaliser.NotUnderstood("Relations name no item.");
        var links = body.Items("relations")
            .Where(r => string.Equals(r.Text("rel"), "Hyperlink", StringComparison.OrdinalIgnoreCase))
            .Select(r => r.Text("url")).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(url => new LinkEnd($"hyperlink/{id}/{url}", LinkKind.Relates, true, null, url));
        return new([new LinkSet(id, "remote", [.. links])]);
    }
}
