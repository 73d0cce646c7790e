namespace TsPmo.Model.Work;

/// <summary>The immutable id of an object within one configured connector. Written <c>connector:id</c>; compared ordinally.</summary>
public readonly record struct SourceId(string Connector, string Id) : IComparable<SourceId>
{
    /// <inheritdoc/>
    public int CompareTo(SourceId other)
    {
        var byConnector = string.CompareOrdinal(Connector, other.Connector);
        return byConnector != 0 ? byConnector : string.CompareOrdinal(Id, other.Id);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Connector}:{Id}";

    /// <summary>Orders by connector, then id, both ordinal.</summary>
    public static bool operator <(SourceId left, SourceId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by connector, then id, both ordinal.</summary>
    public static bool operator >(SourceId left, SourceId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by connector, then id, both ordinal.</summary>
    public static bool operator <=(SourceId left, SourceId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by connector, then id, both ordinal.</summary>
    public static bool operator >=(SourceId left, SourceId right) => left.CompareTo(right) >= 0;
}
