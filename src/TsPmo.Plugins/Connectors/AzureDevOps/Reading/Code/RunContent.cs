using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Code;

/// <summary>What a run of a pipeline that deploys brought since the run before: commits and the items they name. Two requests, once per run.</summary>
internal sealed class RunContent(AzureDevOpsClient client, OptionalRoutes optional)
{
    // The server's own limit; what a single run brings beyond it is not told.
    private const string Most = "1000";

    /// <summary>Null where the server tells neither.</summary>
    public async Task<SourceRecord?> ReadAsync(TeamProject project, JsonElement build, CancellationToken cancellationToken)
    {
        var id = build.Text("id") ?? "";
        var path = $"{project.Segment}/_apis/build/builds/{id}";
        var changes = await optional.GetAsync("build/changes", "changes of runs", $"{path}/changes", cancellationToken, ("$top", Most));
        var items = await optional.GetAsync("build/workitems", "work items of runs", $"{path}/workitems", cancellationToken, ("$top", Most));
        if (changes is null && items is null)
            return null;
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.WriteString("base", client.Base);
            json.WriteString("run", id);
            json.Write("changes", changes?.Body.Items("value") ?? []);
            json.Write("workItems", items?.Body.Items("value") ?? []);
        });
        return new(RecordKinds.RunContent, id, body, default);
    }
}
