using TsPmo.Model.History;

namespace TsPmo.Model.Sprints;

/// <summary>One item's part in a sprint.</summary>
/// <param name="Item">The item.</param>
/// <param name="Points">Its part in points; an item without an estimate has 0.</param>
/// <param name="Items">Its part counted by item.</param>
/// <param name="IsEstimated">Whether it carried an estimate while it was in the sprint.</param>
/// <param name="LacksEstimate">Whether it carried none though its kind should: a sub-task's weight is its parent's.</param>
/// <param name="IsElsewhere">Whether it was in another open sprint at the end.</param>
public sealed record SprintEntry(ItemHistory Item, SprintSums Points, SprintSums Items, bool IsEstimated, bool LacksEstimate, bool IsElsewhere);
