using System.Runtime.CompilerServices;
using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Types, states, backlog levels and fields. No delta tells of a change to them and few are made, so a pass looks only which projects there are; the rest
/// is read for projects that are new, where a revision names what is not known (<see cref="Items.CatalogueMisses"/>) and, where a thorough reading is asked for, for all.
/// </summary>
internal sealed class CatalogueStream(AzureDevOpsClient client, KnownWords words)
{
    // An organisation can have a thousand projects, each with a dozen types.
    private const int ProjectsOnAPage = 50;

    public async IAsyncEnumerable<ReadStep> ReadAsync(ReadingScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Every pass begins here.
        client.BeginSignIn();
        var projects = await scope.ProjectsAsync(cancellationToken);
        foreach (var notice in scope.Missing(projects))
            yield return notice;
        var last = scope.Request.Depth == ReadDepth.Changes ? Kept.Read(scope.Request.Cursor, CursorJson.Default.CatalogueCursor) : null;
        words.Remember(last?.Words ?? new Dictionary<string, IReadOnlyList<string>>());
        if (last is not null && last.Projects.SequenceEqual(projects.Select(p => p.Name), StringComparer.Ordinal))
            yield break;

        // What could not be read now is missing from the cursor and so is tried again in the next pass.
        var complete = projects.Where(p => last?.Projects.Contains(p.Name, StringComparer.Ordinal) == true).Select(p => p.Name).ToList();
        var records = new List<SourceRecord>();
        var isFirst = true;
        foreach (var project in projects.ExceptBy(complete.ToList(), p => p.Name, StringComparer.Ordinal))
        {
            var read = await TryProjectAsync(project, records, isFirst, cancellationToken);
            foreach (var notice in read.Notices)
                yield return notice;
            if (!read.IsThere)
                continue;
            complete.Add(project.Name);
            isFirst = false;
            if (records.Count < ProjectsOnAPage)
                continue;
            yield return Page(records, complete);
            records = [];
        }

        yield return Page(records, complete);
    }

    private SourcePage Page(List<SourceRecord> records, List<string> complete) =>
        new(records, JsonSerializer.Serialize(new CatalogueCursor([.. complete.Order(StringComparer.Ordinal)], words.All), CursorJson.Default.CatalogueCursor));

    /// <summary>Fields are the organisation's; the first project that can be read tells them all.</summary>
    private async Task<(bool IsThere, IReadOnlyList<ReadNotice> Notices)> TryProjectAsync(TeamProject project, List<SourceRecord> records, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            var fields = isFirst ? (await client.GetAsync("wit/fields", $"{project.Segment}/_apis/wit/fields", cancellationToken)).Body : default;
            var read = await ProjectCatalogue.ReadAsync(client, project, cancellationToken);
            if (isFirst)
                records.Add(Items.FieldChoice.Record(fields));
            words.Learn(read.Record.Body);
            records.Add(read.Record);
            return (true, read.Notices);
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return (false, [ReadingScope.Lost(e, project.Name)]);
        }
    }
}
