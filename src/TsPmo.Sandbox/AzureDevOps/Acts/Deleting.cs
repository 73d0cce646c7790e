using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Into the recycle bin and out of it: one more revision each, the first one marked as deleted.</summary>
internal static class Deleting
{
    public static void ToRecycleBin(ChangeSet changes, WorkItem item) => Set(changes, item, deleted: true);

    public static void Restore(ChangeSet changes, WorkItem item) => Set(changes, item, deleted: false);

    private static void Set(ChangeSet changes, WorkItem item, bool deleted)
    {
        item.Deleted = deleted;
        changes.Draft(item)[FieldNames.IsDeleted] = deleted ? true : null;
        changes.Commit();
    }
}
