using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Model.Delivery;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Normalising;

/// <summary>Links between items, told one by one; hyperlinks and links to runs and deployments, told with their item.</summary>
internal static class LinkFacts
{
    /// <summary>In the context of links: whether they alone tell of parents.</summary>
    public const string ParentsAreLinks = "parentsAreLinks";

    private const string Hierarchy = "System.LinkTypes.Hierarchy";
    private const string Dependency = "System.LinkTypes.Dependency";
    private const string Duplicate = "System.LinkTypes.Duplicate";
    private const string Reverse = "-Reverse";
    private const string Forward = "-Forward";
    private const string Run = "vstfs:///Build/Build/";
    private const string Stage = "vstfs:///ReleaseManagement/ReleaseEnvironment/";

    /// <param name="body">The link.</param>
    /// <param name="context">Says whether parents are told by links alone.</param>
    public static Normalised OfLink(JsonElement body, JsonElement context)
    {
        if (body.Text("rel") is not { } rel || body.Text("sourceId") is not { } source || body.Text("targetId") is not { } target || body.Instant("changedDate") is not { } at)
            return AzureDevOpsNormaliser.NotUnderstood("A link lacks its type, an end or its date.");
        var (type, from, to) = Directed(rel, source, target);
        var isActive = IsActive(body);
        // Parents are fields of the revisions, where the server has that field.
        if (type.Equals(Hierarchy, StringComparison.OrdinalIgnoreCase))
            return context.Flag(ParentsAreLinks) ? Parent(to, from, at, isActive) : new([]);
        if (type.Equals(Dependency, StringComparison.OrdinalIgnoreCase))
            return Link(type, from, LinkKind.Blocks, to);
        if (type.Equals(Duplicate, StringComparison.OrdinalIgnoreCase))
            return Link(type, to, LinkKind.Duplicates, from);
        return string.CompareOrdinal(from, to) <= 0 ? Link(type, from, LinkKind.Relates, to) : Link(type, to, LinkKind.Relates, from);

        Normalised Link(string name, string subject, LinkKind kind, string other) =>
            new([new LinkFact($"{name}/{subject}/{other}", at.UtcTicks, subject, kind, other, isActive)]);
    }

    /// <summary>The child at whose end a parent is linked; null for other links and for one that is undone.</summary>
    public static string? ChildOf(JsonElement link)
    {
        if (link.Text("rel") is not { } rel || link.Text("sourceId") is not { } source || link.Text("targetId") is not { } target || !IsActive(link))
            return null;
        var (type, _, child) = Directed(rel, source, target);
        return type.Equals(Hierarchy, StringComparison.OrdinalIgnoreCase) ? child : null;
    }

    private static bool IsActive(JsonElement link) => link.Child("isActive") is null ? link.Word("changedOperation", WireEnum.LinkOperations) != "remove" : link.Flag("isActive");

    /// <summary>The link seen from the end at which the vendor names it "forward": parent, predecessor, original.</summary>
    private static (string Type, string From, string To) Directed(string rel, string source, string target) =>
        rel.EndsWith(Reverse, StringComparison.OrdinalIgnoreCase) ? (rel[..^Reverse.Length], target, source)
        : (rel.EndsWith(Forward, StringComparison.OrdinalIgnoreCase) ? rel[..^Forward.Length] : rel, source, target);

    /// <summary>A change of the child at the instant of the link. Of two at once the undoing comes first. What the tracker tells of a child that is not ours is nobody's business.</summary>
    private static Normalised Parent(string child, string parent, DateTimeOffset at, bool isActive)
    {
        var (from, to) = isActive ? (RawValue.None, RawValue.OfText(parent)) : (RawValue.OfText(parent), RawValue.None);
        return new([new IfKnown(child, [new WorkItemEvent
        {
            ItemId = child,
            EventId = at.UtcTicks + (isActive ? 1 : 0),
            At = at,
            IsSnapshot = false,
            Values = new Dictionary<string, RawChange>(StringComparer.Ordinal) { [RawFields.Parent] = new(from, to) },
        }])]);
    }

    public static Normalised OfRelations(JsonElement body)
    {
        if (body.Text("id") is not { } id)
            return AzureDevOpsNormaliser.NotUnderstood("Relations name no item.");
        var links = body.Items("relations")
            .Where(r => string.Equals(r.Text("rel"), "Hyperlink", StringComparison.OrdinalIgnoreCase))
            .Select(r => r.Text("url")).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(url => new LinkEnd($"hyperlink/{id}/{url}", LinkKind.Relates, true, null, url));
        var deliveries = body.Items("relations").Where(r => string.Equals(r.Text("rel"), "ArtifactLink", StringComparison.OrdinalIgnoreCase))
            .Select(r => Delivery(id, r)).OfType<LinkEnd>().DistinctBy(l => l.Origin, StringComparer.Ordinal).OrderBy(l => l.Origin, StringComparer.Ordinal);
        return new([new LinkSet(id, "remote", [.. links]), new LinkSet(id, DeliveryAddress.Group, [.. deliveries])]);
    }

    /// <summary>A link to a run or to a classic deployment; null for links to other artifacts. What was found in a run was caused by what it deployed.</summary>
    private static LinkEnd? Delivery(string id, JsonElement relation)
    {
        var (url, name) = (Uri.UnescapeDataString(relation.Text("url") ?? ""), relation.Child("attributes").Text("name") ?? "");
        var address = Behind(url, Run) is { Length: > 0 } run ? DeliveryAddress.Run(run)
            : Behind(url, Stage)?.Split(':') is [_, var release, var stage] ? DeliveryAddress.Deployment($"release/{release}/{stage}")
            : null;
        var kind = name.StartsWith("Found in", StringComparison.OrdinalIgnoreCase) ? LinkKind.CausedBy : LinkKind.Relates;
        return address is null ? null : new LinkEnd($"artifact/{id}/{name}/{address}", kind, true, null, address);
    }

    private static string? Behind(string url, string prefix) => url.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? url[prefix.Length..] : null;
}
