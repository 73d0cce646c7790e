namespace TsPmo.Model.Work;

/// <summary>A relation between two items, of one tracker or of two, in the direction of its kind.</summary>
/// <param name="From">Where it begins: the blocker, the dependent, the child, the duplicate.</param>
/// <param name="Kind">What it says.</param>
/// <param name="To">Where it ends.</param>
public readonly record struct ItemLink(SourceId From, LinkKind Kind, SourceId To);
