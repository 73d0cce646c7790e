using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>Types, states, backlog levels and fields. They change rarely, so a pass looks only which projects there are unless the last full look is old.</summary>
internal sealed class CatalogueStream(AzureDevOpsClient client, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var projects = await scope.ProjectsAsync(cancellationToken);
        foreach (var notice in scope.Missing(projects))
            yield return notice;
        var names = projects.Select(p => p.Name).ToList();
        var now = clock.GetUtcNow();
        var last = CursorText.Read(scope.Request.Cursor, CursorJson.Default.CatalogueCursor);
        if (last is not null && last.Projects.SequenceEqual(names, StringComparer.Ordinal) && now - last.ReadAt < Lifetime && now >= last.ReadAt)
            yield break;

        var records = new List<SourceRecord>();
        if (projects.Count > 0)
            records.Add(await FieldsAsync(projects[0], cancellationToken));
        foreach (var project in projects)
        {
            var (record, notice) = await TryProjectAsync(project, cancellationToken);
            if (record is not null)
                records.Add(record);
            if (notice is not null)
                yield return notice;
        }

        yield return new SourcePage(records, JsonSerializer.Serialize(new CatalogueCursor(now, names), CursorJson.Default.CatalogueCursor));
    }

    private async Task<SourceRecord> FieldsAsync(TeamProject project, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("wit/fields", $"{project.Segment}/_apis/wit/fields", cancellationToken);
        return new(RecordKinds.Fields, "fields", answer.Body, default);
    }

    private async Task<(SourceRecord? Record, ReadNotice? Notice)> TryProjectAsync(TeamProject project, CancellationToken cancellationToken)
    {
        try
        {
            return (await ProjectAsync(project, cancellationToken), null);
        }
        catch (TrackerException e) when (!ReadingScope.ConcernsAll(e.Problem))
        {
            return (null, ReadingScope.Notice(e, project.Name));
        }
    }

    private async Task<SourceRecord> ProjectAsync(TeamProject project, CancellationToken cancellationToken)
    {
        var process = await client.GetAsync("work/processconfiguration", $"{project.Segment}/_apis/work/processconfiguration", cancellationToken);
        var types = new List<JsonElement>();
        foreach (var type in (await client.GetAsync("wit/workitemtypes", $"{project.Segment}/_apis/wit/workitemtypes", cancellationToken)).Body.Items("value"))
            types.Add(await WithStatesAsync(project, type, cancellationToken));
        var body = Composed.Object(json =>
        {
            json.WriteString("project", project.Name);
            json.Write("process", process.Body);
            json.Write("types", types);
        });
        return new(RecordKinds.Project, project.Name, body, default);
    }

    // Older servers list the types without their states.
    private async Task<JsonElement> WithStatesAsync(TeamProject project, JsonElement type, CancellationToken cancellationToken)
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
