using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Classic release deployments that were modified since the last pass; a running one is modified when it ends and so comes again.</summary>
internal sealed class ReleaseReading(AzureDevOpsClient client)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<DeliveryPage> ReadAsync(TeamProject project, DeliveryMarks marks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = $"{client.Release}/{project.Segment}/_apis/release";
        (string, string?)[] options = [("queryOrder", "ascending"), ("$top", "100"), ("minModifiedTime", marks.Releases is { } since ? WireDate.Write(since - Overlap) : null)];
        var latest = marks.Releases;
        // The list is not ordered by modification, so the mark moves only when all of it has been read.
        IReadOnlyList<JsonElement> pending = [];
        await foreach (var page in client.PagesAsync("release/deployments", $"{root}/deployments", options, cancellationToken))
        {
            if (pending.Count > 0)
                yield return new(await RecordsAsync(root, project, pending, cancellationToken), marks);
            foreach (var modified in page.Select(d => d.Instant("lastModifiedOn")))
                latest = latest is null || modified > latest ? modified : latest;
            pending = page;
        }

        if (pending.Count > 0)
            yield return new(await RecordsAsync(root, project, pending, cancellationToken), marks with { Releases = latest });
    }

    private async Task<IReadOnlyList<SourceRecord>> RecordsAsync(string root, TeamProject project, IReadOnlyList<JsonElement> deployments, CancellationToken cancellationToken)
    {
        var artifacts = await ArtifactsAsync(root, deployments, cancellationToken);
        return deployments.Select(deployment =>
        {
            var body = Composed.Object(json =>
            {
                json.WriteString("project", project.Name);
                json.WriteString("base", client.Base);
                json.Write("deployment", deployment);
                json.Write("artifacts", Own(deployment) is { } own ? own : artifacts.GetValueOrDefault(Release(deployment)));
            });
            return new SourceRecord(RecordKinds.Release, deployment.Text("id") ?? "", body, default);
        }).ToList();
    }

    /// <summary>What was deployed is in the release, where the deployment does not tell it.</summary>
    private async Task<Dictionary<string, JsonElement>> ArtifactsAsync(string root, IEnumerable<JsonElement> deployments, CancellationToken cancellationToken)
    {
        var ids = deployments.Where(d => Own(d) is null).Select(Release).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (ids.Count == 0)
            return found;
        var answer = await client.GetAsync("release/releases", $"{root}/releases", cancellationToken, ("releaseIdFilter", string.Join(',', ids)), ("$expand", "artifacts"), ("$top", "100"));
        foreach (var release in answer.Body.Items("value"))
            found[release.Text("id") ?? ""] = release.Child("artifacts") ?? default;
        return found;
    }

    private static string Release(JsonElement deployment) => deployment.Child("release").Text("id") ?? "";

    private static JsonElement? Own(JsonElement deployment) =>
        deployment.Child("release").Child("artifacts") is { ValueKind: JsonValueKind.Array } artifacts && artifacts.GetArrayLength() > 0 ? artifacts : null;
}
