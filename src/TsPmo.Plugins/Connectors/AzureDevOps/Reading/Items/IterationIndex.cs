using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// Finds the identifier of the iteration that a revision names by number and path. A project's tree is read when a revision first needs it, and
/// again (once per page) when one names an iteration that is not in it: it may have been made since.
/// </summary>
internal sealed class IterationIndex(AzureDevOpsClient client)
{
    private readonly Dictionary<long, string> _byId = [];
    private readonly Dictionary<string, string> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _readOnPage = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(long?, string?)> _gone = [];
    private int _page;

    public void BeginPage() => _page++;

    /// <summary>The identifier; null at the root and where no such iteration is left.</summary>
    public async Task<string?> FindAsync(JsonElement fields, CancellationToken cancellationToken)
    {
        var (id, path) = (fields.Whole(FieldNames.IterationId), fields.Text(FieldNames.IterationPath));
        if ((path is null && id is null) || _gone.Contains((id, path)))
            return null;
        var project = path?.Split('\\')[0] ?? fields.Text(FieldNames.TeamProject) ?? "";
        if (Look(id, path) is null && _readOnPage.GetValueOrDefault(project) != _page)
            await LoadAsync(project, cancellationToken);
        if (Look(id, path) is not { } found)
        {
            _gone.Add((id, path));
            return null;
        }

        return found.Length > 0 ? found : null;
    }

    /// <summary>The identifier as far as it is known without asking; empty at the root.</summary>
    public string? Known(JsonElement fields) => Look(fields.Whole(FieldNames.IterationId), fields.Text(FieldNames.IterationPath));

    // The number outlives renaming and moving; roots are known by an empty identifier.
    private string? Look(long? id, string? path) =>
        id is { } number && _byId.TryGetValue(number, out var byId) ? byId
        : path is not null && _byPath.TryGetValue(path, out var byPath) ? byPath
        : null;

    private async Task LoadAsync(string project, CancellationToken cancellationToken)
    {
        _readOnPage[project] = _page;
        try
        {
            foreach (var node in await IterationTree.ReadAsync(client, project, cancellationToken))
            {
                var identifier = node.IsRoot ? "" : node.Identifier;
                if (node.Id is { } id)
                    _byId[id] = identifier;
                _byPath[node.Path] = identifier;
            }
        }
        catch (TrackerException e) when (e.Status is 404 or 403)
        {
            // A project the item came from may be gone or hidden; its iterations are then nobody's sprints.
        }
    }
}
