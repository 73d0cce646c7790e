using TsPmo.Sandbox.AzureDevOps.State;
using static TsPmo.Sandbox.AzureDevOps.State.FieldNames;

namespace TsPmo.Sandbox.AzureDevOps.Acts;

/// <summary>Work done is a running total here; an entry is the revision that raised it. Hours are kept to hundredths.</summary>
internal static class WorkLogging
{
    public static string Log(ChangeSet changes, WorkItem item, double hours)
    {
        Shift(changes.Draft(item), hours);
        changes.Commit();
        return ItemId.WriteEntry(item.Id, item.Latest.Rev);
    }

    /// <summary>Takes an entry's hours back: what was done falls, what remains (where it is set) rises again.</summary>
    public static void Delete(ChangeSet changes, WorkItem item, int rev)
    {
        var before = rev == 1 ? 0 : item.Revisions[rev - 2].Number(CompletedWork) ?? 0;
        Shift(changes.Draft(item), before - (item.Revisions[rev - 1].Number(CompletedWork) ?? 0));
        changes.Commit();
    }

    private static void Shift(ItemDraft draft, double hours)
    {
        draft[CompletedWork] = Floor((draft[CompletedWork] as double? ?? 0) + hours);
        if (draft[RemainingWork] is double remaining)
            draft[RemainingWork] = Floor(remaining - hours);
    }

    private static double Floor(double hours) => Math.Max(0, Math.Round(hours, 2));
}
