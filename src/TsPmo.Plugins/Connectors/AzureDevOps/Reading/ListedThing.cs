using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Reads of what may be gone although it was listed a moment ago, or may not be offered by every server.</summary>
internal static class ListedThing
{
    /// <summary>An answer; null where there is none. The project itself being gone is not such a case.</summary>
    public static async Task<JsonElement?> GetIfThereAsync(this AzureDevOpsClient client, string resource, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetAsync(resource, path, cancellationToken)).Body;
        }
        catch (TrackerException e) when (e.Status == 404 && !ReadingScope.IsNoSuchProject(e))
        {
            return null;
        }
    }
}
