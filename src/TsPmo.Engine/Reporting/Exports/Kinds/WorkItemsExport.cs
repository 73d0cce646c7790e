using System.Runtime.CompilerServices;
using TsPmo.Engine.History;
using TsPmo.Engine.Storage;
using TsPmo.Model.History;
using TsPmo.Model.Planning;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>Items as they stood at the instant. Key, address and title have no history and are those of today.</summary>
internal sealed class WorkItemsExport(PmoStore store, ScopedItems items) : ExportKind(
    "work-items",
    "connector", "id", "key", "url", "project", "portfolioProjects", "type", "sourceType", "title", "status", "state", "created", "updated", "firstStarted", "lastDone",
    "reporter", "assignee", "points", "estimateHours", "remainingHours", "spentHours", "plannedStart", "plannedFinish", "parent", "sprints", "milestones", "labels",
    "priority", "blocked", "deleted")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var connector in scope.Connectors)
        {
            var sprints = await SprintsAsync(scope, connector, cancellationToken);
            await foreach (var item in items.HistoriesAsync(scope, connector, cancellationToken))
                yield return Row(scope, item, sprints);
        }
    }

    private async Task<Dictionary<string, Sprint>> SprintsAsync(ExportScope scope, string connector, CancellationToken cancellationToken)
    {
        await using var context = store.Read();
        var sprints = await StoredSprint.AllAsync(context, connector, cancellationToken);
        return sprints.ToDictionary(s => s.Row.Id, s => SprintReading.Read(s, scope.Pmo.Calendar, scope.Now, scope.IsPast), StringComparer.Ordinal);
    }

    private static object?[] Row(ExportScope scope, ItemHistory item, Dictionary<string, Sprint> sprints)
    {
        var (connector, at) = (item.Id.Connector, scope.At);
        return
        [
            connector, item.Id.Id, item.Key, item.Url, item.Project.At(at), ScopeMatch.ProjectsOf(scope.Pmo.Projects.Values, item, at),
            item.Kind.At(at).ToString(), item.SourceType.At(at), item.Title, scope.IsPast ? item.Status.At(at) : item.StatusName, item.State.At(at).ToString(),
            item.Created, scope.IsPast ? LastChange(item, at) : item.Updated, FirstStarted(item, at), LastDone(item, at),
            scope.People.IdOf(connector, item.Reporter), scope.People.IdOf(connector, item.Assignee.At(at)),
            item.Points.At(at), item.EstimateHours.At(at), item.RemainingHours.At(at), scope.IsPast ? item.CompletedWork?.At(at) : item.SpentHours,
            item.PlannedStart.At(at), item.PlannedFinish.At(at), item.Parent.At(at), Sprints(item, at, sprints), item.Milestones.At(at), item.Labels.At(at),
            item.Priority.At(at), item.Blocked.At(at), item.Deleted.At(at),
        ];
    }

    /// <summary>What the tracker called the last update then is not kept; the last change that is, is.</summary>
    private static DateTimeOffset LastChange(ItemHistory item, DateTimeOffset at) =>
        ItemChanges.Of(item).Where(c => c.At <= at).Select(c => c.At).Append(item.Created).Max();

    private static DateTimeOffset? FirstStarted(ItemHistory item, DateTimeOffset at)
    {
        if (item.State.Initial == State.InProgress)
            return item.Created;
        foreach (var entry in item.State.UpTo(at))
        {
            if (entry.To == State.InProgress)
                return entry.At;
        }

        return null;
    }

    private static DateTimeOffset? LastDone(ItemHistory item, DateTimeOffset at)
    {
        var entries = item.State.UpTo(at);
        return entries.Length > 0 && entries[^1].To == State.Done ? entries[^1].At : null;
    }

    /// <summary>Every sprint the item is in, or was in when that sprint closed.</summary>
    private static IReadOnlyList<string> Sprints(ItemHistory item, DateTimeOffset at, Dictionary<string, Sprint> sprints)
    {
        var ever = item.Sprints.Entries.SelectMany(e => e.From.Concat(e.To)).Concat(item.Sprints.Initial).Distinct(StringComparer.Ordinal);
        var closedWith = ever.Where(id => sprints.GetValueOrDefault(id)?.Completed is { } end && end >= item.Created && end <= at && item.Sprints.At(end).Contains(id, StringComparer.Ordinal));
        return [.. item.Sprints.At(at).Concat(closedWith).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
