using TsPmo.Model.Measuring;
using TsPmo.Model.Work;

namespace TsPmo.Model.Resources;

/// <summary>The capacity of one team in one sprint, as the tracker tells it now: it keeps no history of it.</summary>
/// <param name="Sprint">The sprint.</param>
/// <param name="Team">The team's name, unique within the connector.</param>
/// <param name="Days">First and last day of the sprint.</param>
/// <param name="Members">Who works in it.</param>
public sealed record TeamCapacity(SourceId Sprint, string Team, DateWindow Days, IReadOnlyList<TeamMember> Members)
{
    /// <summary>Whether the team belongs to the project whose history this is; other teams matter for the people they share with it.</summary>
    public bool IsOwn { get; init; } = true;
}

/// <summary>What one person gives to a team in a sprint.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="HoursPerDay">Hours per working day for this team; 0 where nobody said.</param>
/// <param name="DaysOff">Days off of the person and of the team together.</param>
public sealed record TeamMember(string Person, decimal HoursPerDay, IReadOnlyList<DateOnly> DaysOff);
