using TsPmo.Plugins.Connectors.AzureDevOps.Reading;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>Whether the account may change items of a project without anybody being mailed. Asked once for each project.</summary>
internal sealed class Rights(AzureDevOpsClient client)
{
    // The vendor's published namespace "Project" and its permission "Suppress notifications for work item updates".
    private const string ProjectNamespace = "52d39943-cb85-4d7f-8fa8-c6baac873819";
    private const string SuppressNotifications = "2097152";

    private readonly Dictionary<string, bool?> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tracker's answer; null where it gives none.</summary>
    public async Task<bool?> MayBeSilentAsync(TeamProject project, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(project.Id, out var known))
            return known;
        try
        {
            var answer = await client.GetAsync("security/permissions", $"_apis/permissions/{ProjectNamespace}/{SuppressNotifications}", cancellationToken,
                ("tokens", $"$PROJECT:vstfs:///Classification/TeamProject/{project.Id}"));
            var first = answer.Body.Items("value").Select(v => v.AsText()).FirstOrDefault();
            return _known[project.Id] = bool.TryParse(first, out var may) ? may : null;
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return _known[project.Id] = null;
        }
    }
}
