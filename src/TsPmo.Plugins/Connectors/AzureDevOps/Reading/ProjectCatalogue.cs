using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>A project's types with their states, and its process configuration, as one record.</summary>
internal static class ProjectCatalogue
{
    /// <summary>The record, and what is to be said of types whose states cannot be read: the others are worth having without.</summary>
    public static async Task<(SourceRecord Record, IReadOnlyList<ReadNotice> Notices)> ReadAsync(AzureDevOpsClient client, TeamProject project, CancellationToken cancellationToken)
    {
        var process = await ProcessAsync(client, project, cancellationToken);
        var (types, notices) = (new List<JsonElement>(), new List<ReadNotice>());
        foreach (var type in (await client.GetAsync("wit/workitemtypes", $"{project.Segment}/_apis/wit/workitemtypes", cancellationToken)).Body.Items("value"))
            types.Add(await WithStatesAsync(client, project, type, notices, cancellationToken));
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.Write("process", process ?? default);
            json.Write("types", types);
        });
        return (new(RecordKinds.Project, project.Name, body, default), notices);
    }

    /// <summary>The process configuration, or the backlog configuration, which tells the same in other members; null where the server offers neither. States are worth having without.</summary>
    private static async Task<JsonElement?> ProcessAsync(AzureDevOpsClient client, TeamProject project, CancellationToken cancellationToken) =>
        await client.GetIfThereAsync("work/processconfiguration", $"{project.Segment}/_apis/work/processconfiguration", cancellationToken)
        ?? await client.GetIfThereAsync("work/backlogconfiguration", $"{project.Segment}/_apis/work/backlogconfiguration", cancellationToken);

    // Older servers list the types without their states.
    private static async Task<JsonElement> WithStatesAsync(AzureDevOpsClient client, TeamProject project, JsonElement type, List<ReadNotice> notices, CancellationToken cancellationToken)
    {
        var name = type.Text("name") ?? "";
        var states = type.Child("states") is { ValueKind: JsonValueKind.Array } inline && inline.GetArrayLength() > 0
            ? inline
            : await StatesAsync(client, project, name, notices, cancellationToken);
        return Composed.Object(json =>
        {
            json.WriteString("name", name);
            json.Write("states", states);
        });
    }

    private static async Task<JsonElement> StatesAsync(AzureDevOpsClient client, TeamProject project, string type, List<ReadNotice> notices, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetAsync("wit/workitemtypes/states", $"{project.Segment}/_apis/wit/workitemtypes/{AzureDevOpsClient.Segment(type)}/states", cancellationToken);
            return answer.Body.Child("value") ?? default;
        }
        catch (TrackerException e) when (e.Status is 403 or 404 && !TrackerProblems.ConcernsAll(e.Problem) && !ReadingScope.IsNoSuchProject(e))
        {
            notices.Add(ReadingScope.Lost(e, $"{project.Name}/{type}"));
            return default;
        }
    }
}
