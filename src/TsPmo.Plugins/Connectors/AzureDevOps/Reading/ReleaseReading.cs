using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Classic release deployments that were modified since the last pass; a running one is modified when it ends and so comes again.</summary>
internal sealed class ReleaseReading(AzureDevOpsClient client)
{
    public async IAsyncEnumerable<DeliveryPage> ReadAsync(ProjectPass pass, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = $"{client.Release}/{pass.Project.Segment}/_apis/release";
        var overlap = new Overlap(pass.Marks.Releases, pass.Marks.RecentReleases);
        (string, string?)[] options = [("queryOrder", "ascending"), ("$top", "100"), ("minModifiedTime", overlap.Since is { } since ? WireDate.Write(since) : null)];
        var found = false;
        await foreach (var page in client.PagesAsync("release/deployments", $"{root}/deployments", options, cancellationToken))
        {
            var fresh = page.Where(d => overlap.IsNew(d.Text("id") ?? "", d.Instant("lastModifiedOn"))).ToList();
            foreach (var deployment in page)
                overlap.Meet(deployment.Text("id") ?? "", deployment.Instant("lastModifiedOn"));
            if (fresh.Count == 0)
                continue;
            found = true;
            var artifacts = await ArtifactsAsync(pass.Memory.Optional, root, fresh, cancellationToken);
            pass.Delivers(fresh.SelectMany(d => Artifacts(d, artifacts).Select(a => (Run(a), d.Instant("lastModifiedOn")))));
            yield return new([.. fresh.Select(d => Record(pass.Project, d, artifacts))]);
        }

        // The list is not ordered by modification, so the mark moves only when all of it has been read.
        if (!found)
            yield break;
        pass.Marks = pass.Marks with { Releases = overlap.Mark, RecentReleases = overlap.Recent };
        yield return new([]);
    }

    private static IEnumerable<JsonElement> Artifacts(JsonElement deployment, Dictionary<string, JsonElement> artifacts) =>
        (Own(deployment) ?? artifacts.GetValueOrDefault(Release(deployment))) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    // Artifacts of other kinds have versions that are no runs.
    private static long? Run(JsonElement artifact) => artifact.Text("type") is null or "Build" ? artifact.Child("definitionReference").Child("version").Whole("id") : null;

    private SourceRecord Record(TeamProject project, JsonElement deployment, Dictionary<string, JsonElement> artifacts)
    {
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteString("base", client.Base);
            json.Write("deployment", deployment);
            json.Write("artifacts", Own(deployment) is { } own ? own : artifacts.GetValueOrDefault(Release(deployment)));
        });
        return new SourceRecord(RecordKinds.Release, deployment.Text("id") ?? "", body, default);
    }

    /// <summary>What was deployed is in the release, where the deployment does not tell it.</summary>
    private static async Task<Dictionary<string, JsonElement>> ArtifactsAsync(OptionalRoutes optional, string root, IEnumerable<JsonElement> deployments, CancellationToken cancellationToken)
    {
        var ids = deployments.Where(d => Own(d) is null).Select(Release).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (ids.Count == 0)
            return found;
        var answer = await optional.GetAsync("release/releases", "what releases deployed", $"{root}/releases", cancellationToken, ("releaseIdFilter", string.Join(',', ids)), ("$expand", "artifacts"), ("$top", "100"));
        foreach (var release in answer?.Body.Items("value") ?? [])
            found[release.Text("id") ?? ""] = release.Child("artifacts") ?? default;
        return found;
    }

    private static string Release(JsonElement deployment) => deployment.Child("release").Text("id") ?? "";

    private static JsonElement? Own(JsonElement deployment) =>
        deployment.Child("release").Child("artifacts") is { ValueKind: JsonValueKind.Array } artifacts && artifacts.GetArrayLength() > 0 ? artifacts : null;
}
