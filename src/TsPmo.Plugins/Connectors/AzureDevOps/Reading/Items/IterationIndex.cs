using System.Globalization;
using System.Text.Json;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Http;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>
/// Finds the identifier of the iteration that a revision names by number and path. A project's tree is read when a revision first needs it, and
/// again (once per page) when one names an iteration that is not in it: it may have been made since. One that has been deleted keeps the identifier under which it was
/// seen; where it never was, its number serves, so that what was in it stays together.
/// </summary>
internal sealed class IterationIndex(AzureDevOpsClient client, KnownIterations seen)
{
    private readonly Dictionary<long, string> _byId = [];
    private readonly Dictionary<string, string> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _readOnPage = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _readable = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(long?, string?), string?> _gone = [];
    private readonly List<DeletedIteration> _deleted = [];
    private int _page;

    public void BeginPage() => _page++;

    /// <summary>Iterations that were found to be deleted without ever having been seen, since the last call.</summary>
    public IReadOnlyList<DeletedIteration> TakeDeleted()
    {
        DeletedIteration[] deleted = [.. _deleted];
        _deleted.Clear();
        return deleted;
    }

    /// <summary>The identifier; null at the root, and where nothing but a path is told of an iteration that is gone.</summary>
    public async Task<string?> FindAsync(JsonElement fields, CancellationToken cancellationToken)
    {
        var (id, path) = (fields.Whole(FieldNames.IterationId), fields.Text(FieldNames.IterationPath));
        if (path is null && id is null)
            return null;
        if (_gone.TryGetValue((id, path), out var gone))
            return gone;
        var project = path?.Split('\\')[0] ?? fields.Text(FieldNames.TeamProject) ?? "";
        if (Look(id, path) is null && _readOnPage.GetValueOrDefault(project) != _page)
            await LoadAsync(project, cancellationToken);
        if (Look(id, path) is not { } found)
            return _gone[(id, path)] = id is { } number ? seen.Find(number) ?? Deleted(project, number, path) : null;
        return found.Length > 0 ? found : null;
    }

    /// <summary>The identifier as far as it is known without asking; empty at the root.</summary>
    public string? Known(JsonElement fields)
    {
        var id = fields.Whole(FieldNames.IterationId);
        return Look(id, fields.Text(FieldNames.IterationPath)) ?? (id is { } number ? seen.Find(number) : null);
    }

    // The number outlives renaming and moving; roots are known by an empty identifier.
    private string? Look(long? id, string? path) =>
        id is { } number && _byId.TryGetValue(number, out var byId) ? byId
        : path is not null && _byPath.TryGetValue(path, out var byPath) ? byPath
        : null;

    /// <summary>Of a project that cannot be read it is not known what is deleted.</summary>
    private string? Deleted(string project, long number, string? path)
    {
        if (!_readable.Contains(project))
            return null;
        var text = number.ToString(CultureInfo.InvariantCulture);
        var iteration = new DeletedIteration($"iteration/{text}", project, path?.Split('\\')[^1] ?? text);
        _deleted.Add(iteration);
        return iteration.Identifier;
    }

    private async Task LoadAsync(string project, CancellationToken cancellationToken)
    {
        _readOnPage[project] = _page;
        try
        {
            var nodes = await IterationTree.ReadAsync(client, project, cancellationToken);
            seen.Learn(nodes);
            _readable.Add(project);
            foreach (var node in nodes)
            {
                var identifier = node.IsRoot ? "" : node.Identifier;
                if (node.Id is { } id)
                    _byId[id] = identifier;
                _byPath[node.Path] = identifier;
            }
        }
        catch (TrackerException e) when (e.Status is 404 or 403)
        {
            // A project the item came from may be gone or hidden; its iterations are then nobody's sprints, but for those that were seen.
        }
    }
}
