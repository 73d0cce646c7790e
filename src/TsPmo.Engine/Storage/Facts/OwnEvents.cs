using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>
/// Events that no tracker told and that we noticed ourselves. They have no author. Their numbers are negative, which no tracker's are, and follow from instant and kind,
/// so that noticing the same thing twice is one event.
/// </summary>
internal static class OwnEvents
{
    private const int Kinds = 2;
    private const int DeletionKind = 0;
    private const int MoveKind = 1;

    /// <summary>An item was found gone, or there again.</summary>
    public static WorkItemEvent Deletion(string item, DateTimeOffset at, bool isDeleted) =>
        Of(item, at, DeletionKind, RawFields.Deleted, RawValue.OfFlag(!isDeleted), RawValue.OfFlag(isDeleted));

    /// <summary>An item was found in another project than its history says.</summary>
    public static WorkItemEvent Move(string item, DateTimeOffset at, RawValue from, RawValue to) => Of(item, at, MoveKind, RawFields.Project, from, to);

    /// <summary>Whether an event's number is that of a move we noticed.</summary>
    public static bool IsMove(long eventId) => eventId < 0 && (-eventId - 1) % Kinds == MoveKind;

    private static WorkItemEvent Of(string item, DateTimeOffset at, int kind, string field, RawValue from, RawValue to) => new()
    {
        ItemId = item,
        EventId = -((at.ToUnixTimeMilliseconds() * Kinds) + kind + 1),
        At = at,
        IsSnapshot = false,
        Values = new Dictionary<string, RawChange>(StringComparer.Ordinal) { [field] = new(from, to) },
    };
}
