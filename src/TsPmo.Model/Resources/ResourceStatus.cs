using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Resources;

/// <summary>Who has how much to do, week by week, as it was known at an instant.</summary>
public sealed record ResourceStatus
{
    /// <summary>The instant, inclusive.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The week of the instant and the weeks after it.</summary>
    public required DateWindow Horizon { get; init; }

    /// <summary>Weeks in which a person has hours or work, ordered by person, then week.</summary>
    public required IReadOnlyList<PersonWeek> Weeks { get; init; }

    /// <summary>Weeks with work that is nobody's yet, ordered by week.</summary>
    public required IReadOnlyList<PersonWeek> Unassigned { get; init; }

    /// <summary>Hours of work with no date to place it by.</summary>
    public required decimal UndatedHours { get; init; }

    /// <summary>Hours of work planned for after the horizon.</summary>
    public required decimal LaterHours { get; init; }

    /// <summary>Open items in all.</summary>
    public required int Items { get; init; }

    /// <summary>Open items for which no hours are told, ordered by id.</summary>
    public required IReadOnlyList<ItemHistory> WithoutHours { get; init; }

    /// <summary>Open items with hours and no date to place them by, ordered by id.</summary>
    public required IReadOnlyList<ItemHistory> Undated { get; init; }

    /// <summary>Whether anything comes from a tracker that keeps no history of it: capacities, and the dates of sprints and versions.</summary>
    public required bool HasUndatedSources { get; init; }
}

/// <summary>What one person has to do in one week, and how much time for it. Hours.</summary>
/// <param name="Person">The person's id; null: nobody yet.</param>
/// <param name="Week">Monday to Sunday.</param>
/// <param name="Capacity">Hours from the day asked for to the end of the week; null where nobody said.</param>
/// <param name="Shares">The work, ordered by item.</param>
public sealed record PersonWeek(string? Person, DateWindow Week, decimal? Capacity, IReadOnlyList<LoadShare> Shares)
{
    /// <summary>Hours of work.</summary>
    public decimal Load { get; } = Shares.Sum(s => s.Hours);

    /// <summary>The work against the time for it.</summary>
    public Occupation Occupation => new(Load, Capacity);
}

/// <summary>The part of an item's remaining work that falls into one week.</summary>
/// <param name="Item">The item.</param>
/// <param name="Hours">Hours.</param>
public sealed record LoadShare(ItemHistory Item, decimal Hours);
