using TsPmo.Model.Work;

namespace TsPmo.Model.Flow;

/// <summary>An instant together with the day it falls on in the PMO's zone.</summary>
public readonly record struct FlowPoint(DateTimeOffset At, DateOnly Day);

/// <summary>What is true of one item's flow from an instant on, until its next step.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="Counts">Whether the item exists in the project and is of a kind that flow counts.</param>
/// <param name="State">Its state.</param>
/// <param name="Start">First entry to InProgress; after a stay in ToDo of more than one working day, the next entry. Null: not started, or started over and not yet begun again.</param>
/// <param name="Finish">Last entry to Done without a later exit; null: not finished.</param>
public readonly record struct FlowStep(DateTimeOffset At, bool Counts, State State, FlowPoint? Start, FlowPoint? Finish);
