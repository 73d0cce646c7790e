using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>What can be deployed to: the names of a project's environments and of the stages of its classic releases.</summary>
internal sealed class DeploymentTargets(AzureDevOpsClient client)
{
    private readonly EnvironmentRoute _environments = new(client, null);

    public async Task<IEnumerable<string>> EnvironmentsAsync(TeamProject project, CancellationToken cancellationToken) =>
        (await _environments.EnvironmentsAsync(project, cancellationToken)).Select(e => e.Text("name")).OfType<string>();

    public async Task<IEnumerable<string>> StagesAsync(TeamProject project, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var path = $"{client.Release}/{project.Segment}/_apis/release/definitions";
        await foreach (var page in client.PagesAsync("release/definitions", path, [("$expand", "environments"), ("$top", "100")], cancellationToken))
            names.AddRange(page.SelectMany(d => d.Items("environments")).Select(e => e.Text("name")).OfType<string>());
        return names;
    }

    /// <summary>Each name once, whatever its case, ordinal order.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> names) => [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
}
