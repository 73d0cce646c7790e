using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// Reads the catalogue of a project again where a revision names a type or state that is not known in it: it may have been made since. Once for a project in a pass, since a state that
/// is gone is named by old revisions for ever.
/// </summary>
internal sealed class CatalogueMisses(AzureDevOpsClient client, ReadingScope scope, KnownWords words)
{
    private readonly HashSet<string> _looked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Catalogues that had to be read for some revisions.</summary>
    public async Task<IReadOnlyList<SourceRecord>> OfAsync(IEnumerable<JsonElement> revisions, CancellationToken cancellationToken)
    {
        var records = new List<SourceRecord>();
        foreach (var project in revisions.Select(r => r.Child("fields") ?? default).Where(IsMiss).Select(f => f.Text(FieldNames.TeamProject) ?? ""))
        {
            if (_looked.Add(project) && await TryAsync(project, cancellationToken) is { } catalogue)
                records.Add(catalogue);
        }

        return records;
    }

    private bool IsMiss(JsonElement fields) =>
        fields.Text(FieldNames.TeamProject) is { } project && scope.Includes(project)
        && fields.Text(FieldNames.WorkItemType) is { } type && fields.Text(FieldNames.State) is { } state && words.Lacks(project, type, state);

    /// <summary>Null where it cannot be had now; the nightly reading says why.</summary>
    private async Task<SourceRecord?> TryAsync(string project, CancellationToken cancellationToken)
    {
        try
        {
            // It is not remembered as known: whether the page that it comes with is ever stored is not known here.
            return (await ProjectCatalogue.ReadAsync(client, new TeamProject("", project), cancellationToken)).Record;
        }
        catch (TrackerException e) when (!TrackerProblems.ConcernsAll(e.Problem))
        {
            return null;
        }
    }
}
