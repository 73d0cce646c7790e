using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>A project's types with their states, and its process configuration, as one record.</summary>
internal static class ProjectCatalogue
{
    public static async Task<SourceRecord> ReadAsync(AzureDevOpsClient client, TeamProject project, CancellationToken cancellationToken)
    {
        var process = await ProcessAsync(client, project, cancellationToken);
        var types = new List<JsonElement>();
        foreach (var type in (await client.GetAsync("wit/workitemtypes", $"{project.Segment}/_apis/wit/workitemtypes", cancellationToken)).Body.Items("value"))
            types.Add(await WithStatesAsync(client, project, type, cancellationToken));
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.Write("process", process ?? default);
            json.Write("types", types);
        });
        return new(RecordKinds.Project, project.Name, body, default);
    }

    /// <summary>The process configuration, or the backlog configuration, which tells the same in other members; null where the server offers neither. States are worth having without.</summary>
    private static async Task<JsonElement?> ProcessAsync(AzureDevOpsClient client, TeamProject project, CancellationToken cancellationToken) =>
        await client.GetIfThereAsync("work/processconfiguration", $"{project.Segment}/_apis/work/processconfiguration", cancellationToken)
        ?? await client.GetIfThereAsync("work/backlogconfiguration", $"{project.Segment}/_apis/work/backlogconfiguration", cancellationToken);

    // Older servers list the types without their states.
    private static async Task<JsonElement> WithStatesAsync(AzureDevOpsClient client, TeamProject project, JsonElement type, CancellationToken cancellationToken)
    {
        var name = type.Text("name") ?? "";
        var states = type.Child("states") is { ValueKind: JsonValueKind.Array } inline && inline.GetArrayLength() > 0
            ? inline
            : (await client.GetAsync("wit/workitemtypes/states", $"{project.Segment}/_apis/wit/workitemtypes/{AzureDevOpsClient.Segment(name)}/states", cancellationToken)).Body.Child("value") ?? default;
        return Composed.Object(json =>
        {
            json.WriteString("name", name);
            json.Write("states", states);
        });
    }
}
