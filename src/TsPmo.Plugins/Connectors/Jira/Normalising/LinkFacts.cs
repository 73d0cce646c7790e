using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Model.Work;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>Links between issues and to addresses outside.</summary>
internal static class LinkFacts
{
    /// <summary>What stands in the place of links to addresses where Jira fails on them.</summary>
    public const string Failed = "failed";

    /// <summary>All links of an issue to other issues.</summary>
    public static LinkSet Between(string issueId, JsonElement links) =>
        new(issueId, "issue", [.. links.Items().Select(Link).OfType<LinkEnd>()]);

    /// <summary>All links of an issue to addresses. What they are called is free text, so they relate and no more.</summary>
    public static LinkSet Outside(string issueId, JsonElement links) =>
        new(issueId, "remote", [.. links.Items().Select(l => Remote(issueId, l)).OfType<LinkEnd>()]);

    /// <summary>Why there are no links to addresses; null where they are there or were not asked for.</summary>
    public static string? WhyNone(JsonElement links) => links.Text() == Failed ? "Jira fails when its links to addresses are asked for" : null;

    private static LinkEnd? Remote(string issueId, JsonElement link) =>
        link.Text("id") is { } id && link.Member("object").Text("url") is { Length: > 0 } url
            ? new($"remote/{issueId}/{id}", LinkKind.Relates, IsOutward: true, null, url)
            : null;

    private static LinkEnd? Link(JsonElement link)
    {
        var outward = link.Member("outwardIssue");
        var other = outward.IsThere() ? outward : link.Member("inwardIssue");
        if (link.Text("id") is not { } id || other.Text("id") is not { } otherId)
            return null;
        var (kind, isForward) = Meaning(link.Member("type"));
        return new($"link/{id}", kind, outward.IsThere() == isForward, otherId, null);
    }

    /// <summary>What a link type says when read outward, and whether its source is the subject. The words decide; where they are in another language, the type's name.</summary>
    private static (LinkKind Kind, bool IsForward) Meaning(JsonElement type)
    {
        var words = (type.Text("outward") ?? "").Trim().ToUpperInvariant();
        return words switch
        {
            "BLOCKS" => (LinkKind.Blocks, true),
            "IS BLOCKED BY" => (LinkKind.Blocks, false),
            "DEPENDS ON" => (LinkKind.DependsOn, true),
            "IS DEPENDED ON BY" or "IS A DEPENDENCY OF" => (LinkKind.DependsOn, false),
            "DUPLICATES" => (LinkKind.Duplicates, true),
            "IS DUPLICATED BY" => (LinkKind.Duplicates, false),
            "CAUSES" => (LinkKind.CausedBy, false),
            "IS CAUSED BY" => (LinkKind.CausedBy, true),
            _ => ByName(type.Text("name")),
        };
    }

    private static (LinkKind Kind, bool IsForward) ByName(string? name) => name?.Trim().ToUpperInvariant() switch
    {
        "BLOCKS" => (LinkKind.Blocks, true),
        "DUPLICATE" => (LinkKind.Duplicates, true),
        "PROBLEM/INCIDENT" => (LinkKind.CausedBy, false),
        _ => (LinkKind.Relates, true),
    };
}
