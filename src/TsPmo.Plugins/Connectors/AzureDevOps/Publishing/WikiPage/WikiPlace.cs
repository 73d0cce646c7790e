using System.Text.Json.Serialization;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.WikiPage;

/// <summary>Where a page is, as an anchor names it: <c>Project:Wiki:/Path</c>, <c>Project:/Path</c> (the project's own wiki) or <c>/Path</c> (that of the connector's first project).</summary>
/// <param name="Project">The project; null: the connector's first.</param>
/// <param name="Wiki">The wiki's name or id; null: the project's own.</param>
/// <param name="Path">The page's path, beginning with a slash; null where the anchor names none.</param>
internal sealed record WikiAnchor(string? Project, string? Wiki, string? Path)
{
    public static WikiAnchor Of(string anchor)
    {
        var at = anchor.IndexOf(":/", StringComparison.Ordinal);
        var named = at < 0 ? [] : anchor[..at].Split(':', 2, StringSplitOptions.TrimEntries);
        var path = string.Join('/', anchor[(at + 1)..].Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return new(named.ElementAtOrDefault(0), named.ElementAtOrDefault(1), path.Length == 0 ? null : $"/{path}");
    }
}

/// <summary>A page's place and, in plans, the version that it must still have.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Wiki">The wiki's id.</param>
/// <param name="Path">The page's path, beginning with a slash.</param>
/// <param name="Version">The version; null where there is no page.</param>
internal sealed record WikiPlace(string Project, string Wiki, string Path, string? Version)
{
    /// <summary>Paths of the pages above it, from the top down.</summary>
    public IEnumerable<string> Above()
    {
        for (var at = Path.IndexOf('/', 1); at > 0; at = Path.IndexOf('/', at + 1))
            yield return Path[..at];
    }
}

/// <summary>What is kept of a page's place.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WikiPlace))]
internal sealed partial class WikiJson : JsonSerializerContext;
