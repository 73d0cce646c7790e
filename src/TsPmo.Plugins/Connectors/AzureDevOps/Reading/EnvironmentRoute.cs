using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// The two places at which environments are found: the documented one, which asks for the right to manage them, and the newer one, for which reading runs is enough
/// and which no Server has yet. The one that answered is remembered.
/// </summary>
internal sealed class EnvironmentRoute(AzureDevOpsClient client, string? remembered)
{
    private static readonly Place[] Places = [new("distributedtask", null), new("pipelines", "7.2-preview.1")];

    private Place _place = Array.Find(Places, p => p.Area == remembered) ?? Places[0];

    /// <summary>The area of the place that is asked first.</summary>
    public string Area => _place.Area;

    /// <summary>The environments of a project. Where no place answers, the failure of the documented one is told.</summary>
    public async Task<IReadOnlyList<JsonElement>> EnvironmentsAsync(TeamProject project, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<Place, TrackerException>();
        foreach (var place in Places.OrderByDescending(p => p == _place))
        {
            try
            {
                var environments = new List<JsonElement>();
                await foreach (var page in client.PagesAsync($"{place.Area}/environments", Root(place, project), [("$top", "100")], cancellationToken, place.Version))
                    environments.AddRange(page);
                _place = place;
                return environments;
            }
            catch (TrackerException e) when (e.Status is 400 or 401 or 403 or 404)
            {
                failures[place] = e;
            }
        }

        throw failures[Places[0]];
    }

    /// <summary>Pages of an environment's records, newest first.</summary>
    public IAsyncEnumerable<IReadOnlyList<JsonElement>> RecordsAsync(TeamProject project, string environment, CancellationToken cancellationToken) => client.PagesAsync(
        $"{_place.Area}/environmentdeploymentrecords", $"{Root(_place, project)}/{environment}/environmentdeploymentrecords", [("top", "200")], cancellationToken, _place.Version);

    private static string Root(Place place, TeamProject project) => $"{project.Segment}/_apis/{place.Area}/environments";

    private sealed record Place(string Area, string? Version);
}
