using TsPmo.Model.Work;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>Whether two raw values mean the same. Values with ids do when their ids are the same: a status that was renamed has not changed.</summary>
internal sealed class RawSame : IEqualityComparer<RawValue>
{
    public static readonly RawSame Instance = new();

    public static bool Are(RawValue left, RawValue right) => left.Id is not null && right.Id is not null ? left.Id == right.Id : left.Text == right.Text;

    public bool Equals(RawValue x, RawValue y) => Are(x, y);

    /// <summary>One value may have an id and the other not, so neither can enter.</summary>
    public int GetHashCode(RawValue obj) => 0;
}
