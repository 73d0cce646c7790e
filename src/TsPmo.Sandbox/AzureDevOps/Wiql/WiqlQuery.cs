using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Wiql;

/// <summary>A parsed flat query: which items, in which order, as of when.</summary>
internal sealed record WiqlQuery(
    IReadOnlyList<string> Columns, Func<Revision, bool> Where, IReadOnlyList<WiqlOrder> Order, DateTimeOffset? AsOf, bool AsksForDeleted)
{
    public IEnumerable<WorkItem> Run(IEnumerable<WorkItem> items)
    {
        var found = items.Where(item => AsksForDeleted || !item.Deleted)
            .Select(item => AsOf is { } instant ? item.AsOf(instant) : item.Latest)
            .OfType<Revision>()
            .Where(Where);
        return Sort(found).Select(revision => revision.Item);
    }

    private IEnumerable<Revision> Sort(IEnumerable<Revision> revisions)
    {
        IOrderedEnumerable<Revision>? sorted = null;
        foreach (var (field, descending) in Order)
        {
            object? Key(Revision revision) => WiqlValue.Comparable(revision.Fields.GetValueOrDefault(field));
            sorted = (sorted, descending) switch
            {
                (null, false) => revisions.OrderBy(Key, WiqlValue.Comparer),
                (null, true) => revisions.OrderByDescending(Key, WiqlValue.Comparer),
                (_, false) => sorted.ThenBy(Key, WiqlValue.Comparer),
                (_, true) => sorted.ThenByDescending(Key, WiqlValue.Comparer),
            };
        }

        return sorted is null ? revisions.OrderBy(revision => revision.Item.Id) : sorted.ThenBy(revision => revision.Item.Id);
    }
}

internal sealed record WiqlOrder(string Field, bool Descending);

/// <summary>What a query needs to know of its surroundings.</summary>
/// <param name="Project">The project in the address, for @project.</param>
/// <param name="TimePrecision">Whether instants are compared; else only days, and a literal with a time is refused.</param>
internal sealed record WiqlSurroundings(string? Project, string CallerName, DateTimeOffset Now, bool TimePrecision);
