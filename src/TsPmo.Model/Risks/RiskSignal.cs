using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Risks;

/// <summary>Something in the data that may be a risk. It is there as long as its condition holds and goes by itself.</summary>
/// <param name="Kind">Stable name ("Blocked").</param>
/// <param name="Words">What is the matter, as a part of a sentence ("blocked for 6 working days").</param>
/// <param name="Since">Since when it holds without a break, UTC.</param>
/// <param name="Band">How grave: amber or red.</param>
public sealed record RiskSignal(string Kind, string Words, DateTimeOffset Since, Band Band)
{
    /// <summary>The item it is about; null: the whole project.</summary>
    public ScopedItem? Item { get; init; }

    /// <summary>The metric that gives it; null: the item's own history does.</summary>
    public string? Metric { get; init; }
}
