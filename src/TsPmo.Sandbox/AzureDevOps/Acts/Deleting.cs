using TsPmo.Sandbox.AzureDevOps.State;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Deletion into the recycle bin: one more revision, marked as deleted.</summary>
internal static class Deleting
{
    public static void ToRecycleBin(ChangeSet changes, WorkItem item)
    {
        item.Deleted = true;
        changes.Draft(item)[FieldNames.IsDeleted] = true;
        changes.Commit();
    }
}
