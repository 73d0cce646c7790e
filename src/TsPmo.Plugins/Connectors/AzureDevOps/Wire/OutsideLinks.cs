using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>
/// How many addresses outside the work items an item points at: hyperlinks, and what the vendor calls external (commits, pull requests, builds). Both in one number,
/// zero only where there is neither, since nothing is done with it but to see that it changed.
/// </summary>
internal static class OutsideLinks
{
    private const int MostOfAKind = 10_000;

    public static int Of(JsonElement? fields) => Count(fields, FieldNames.HyperLinkCount) + Count(fields, FieldNames.ExternalLinkCount) * MostOfAKind;

    /// <summary>Whether any number is told.</summary>
    public static bool AreCounted(JsonElement? fields) => fields.Child(FieldNames.HyperLinkCount) is not null || fields.Child(FieldNames.ExternalLinkCount) is not null;

    /// <summary>Whether a field tells such a number.</summary>
    public static bool IsCount(string field) => field is FieldNames.HyperLinkCount or FieldNames.ExternalLinkCount;

    private static int Count(JsonElement? fields, string field) => (int)Math.Clamp(fields.Whole(field) ?? 0, 0, MostOfAKind - 1);
}
