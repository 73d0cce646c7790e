namespace TsPmo.Sandbox.AzureDevOps.State;

/// <summary>A relation type between work items, one row per end.</summary>
internal sealed record LinkType(string ReferenceName, string Name, string Opposite, bool Forward);

/// <summary>The relation types of the organisation.</summary>
internal static class LinkTypes
{
    public const string Child = "System.LinkTypes.Hierarchy-Forward", Parent = "System.LinkTypes.Hierarchy-Reverse";
    public const string Successor = "System.LinkTypes.Dependency-Forward", Predecessor = "System.LinkTypes.Dependency-Reverse";
    public const string Duplicate = "System.LinkTypes.Duplicate-Forward", DuplicateOf = "System.LinkTypes.Duplicate-Reverse";
    public const string Related = "System.LinkTypes.Related", Hyperlink = "Hyperlink", Artifact = "ArtifactLink";

    public static readonly IReadOnlyList<LinkType> All =
    [
        new(Child, "Child", Parent, true), new(Parent, "Parent", Child, false),
        new(Successor, "Successor", Predecessor, true), new(Predecessor, "Predecessor", Successor, false),
        new(Duplicate, "Duplicate", DuplicateOf, true), new(DuplicateOf, "Duplicate Of", Duplicate, false),
        new(Related, "Related", Related, true),
        new("Microsoft.VSTS.Common.Affects-Forward", "Affects", "Microsoft.VSTS.Common.Affects-Reverse", true),
        new("Microsoft.VSTS.Common.Affects-Reverse", "Affected By", "Microsoft.VSTS.Common.Affects-Forward", false),
    ];

    public static LinkType? Find(string rel) => All.FirstOrDefault(type => type.ReferenceName.Equals(rel, StringComparison.OrdinalIgnoreCase));
}
