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
        // What could not be read now is missing from the cursor and so is tried again in the next pass.
        var complete = new List<string>();
        foreach (var project in projects)
        {
            var failure = await TryProjectAsync(project, records, isFirst: complete.Count == 0, cancellationToken);
            if (failure is null)
                complete.Add(project.Name);
            else if (ReadingScope.Notice(failure, project.Name) is { } notice)
                yield return notice;
        }

        yield return new SourcePage(records, JsonSerializer.Serialize(new CatalogueCursor(now, complete), CursorJson.Default.CatalogueCursor));
    }

    /// <summary>Fields are the organisation's; the first project that can be read tells them all.</summary>
    private async Task<TrackerException?> TryProjectAsync(TeamProject project, List<SourceRecord> records, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            if (isFirst)
                records.Add(new(RecordKinds.Fields, "fields", (await client.GetAsync("wit/fields", $"{project.Segment}/_apis/wit/fields", cancellationToken)).Body, default));
            records.Add(await ProjectAsync(project, cancellationToken));
            return null;
        }
        catch (TrackerException e) when (!ReadingScope.ConcernsAll(e.Problem))
        {
            return e;
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
