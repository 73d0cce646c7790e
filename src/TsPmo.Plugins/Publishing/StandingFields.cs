namespace TsPmo.Plugins.Publishing;

/// <summary>The fields of one item as they stand, with values in the tracker's own form.</summary>
internal abstract class StandingFields
{
    /// <summary>The item's id.</summary>
    public abstract string Item { get; }

    /// <summary>The item's project.</summary>
    public abstract string Project { get; }

    /// <summary>The item's version, which counts up or is the time of its last update.</summary>
    public abstract long Version { get; }

    /// <summary>A field's value; null where it is empty.</summary>
    public abstract string? Value(string field);

    /// <summary>Whether two values of a field are the same one, however the tracker spells it.</summary>
    public abstract bool Same(string field, string? left, string? right);

    /// <summary>A value as people read it.</summary>
    public virtual string? Shown(string field, string? value) => value;

    /// <summary>Whether a field says something: trackers rearrange the markup that they are sent.</summary>
    public bool Says(string field, string? wanted) =>
        Same(field, Value(field), wanted) || (Value(field) is { } standing && wanted is not null && Shown(field, standing) == Shown(field, wanted));
}
