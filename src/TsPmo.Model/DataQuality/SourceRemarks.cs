namespace TsPmo.Model.DataQuality;

/// <summary>What reading a connector's items showed about its words, as of now: words have no history.</summary>
public sealed record SourceRemarks
{
    /// <summary>Names of statuses that nothing defines and no mapping names; items in them count as not begun.</summary>
    public IReadOnlySet<string> UnmappedStatuses { get; init; } = new HashSet<string>();

    /// <summary>Fields of one name between which nothing decides, so that none of them is read.</summary>
    public IReadOnlyList<AmbiguousField> AmbiguousFields { get; init; } = [];
}

/// <summary>A role for which a tracker offers several fields of one name.</summary>
/// <param name="Project">The tracker's project; empty: all.</param>
/// <param name="Role">One of <see cref="Facts.FieldRole.Roles"/>.</param>
/// <param name="Name">The fields' name.</param>
public sealed record AmbiguousField(string Project, string Role, string Name);
