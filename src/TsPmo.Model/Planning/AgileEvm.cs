using TsPmo.Model.Governance;
using TsPmo.Model.History;

namespace TsPmo.Model.Planning;

/// <summary>
/// AgileEVM: earned value of a release at the end of its n-th sprint. What is undefined is null.
/// Source: Sulaiman, Barton and Blackburn, "AgileEVM: Earned Value Management in Scrum Projects", AGILE 2006.
/// </summary>
/// <param name="Sprints">Sprints done, n.</param>
/// <param name="PlannedSprints">Planned sprints, PS.</param>
/// <param name="PlannedPoints">Points planned for the release, PRP.</param>
/// <param name="CompletedPoints">Points of it that are completed, RPC.</param>
/// <param name="Budget">Budget at completion, BAC.</param>
/// <param name="Actual">Actual cost, AC.</param>
public sealed record AgileEvm(int Sprints, int PlannedSprints, decimal PlannedPoints, decimal CompletedPoints, decimal Budget, decimal Actual)
{
    /// <summary>Planned percent complete, PPC = n / PS: what is planned where the sprints have no points of their own.</summary>
    public decimal? PlannedShare => PlannedSprints > 0 ? (decimal)Sprints / PlannedSprints : null;

    /// <summary>Actual percent complete, APC = RPC / PRP.</summary>
    public decimal? CompletedShare => PlannedPoints > 0 ? CompletedPoints / PlannedPoints : null;

    /// <summary>PV = PPC * BAC.</summary>
    public decimal? Planned => PlannedShare * Budget;

    /// <summary>EV = APC * BAC, never a planned value scaled by an index.</summary>
    public decimal? Earned => CompletedShare * Budget;

    /// <summary>Number of sprints of the whole release by its velocity, n / APC; null while nothing is done.</summary>
    public decimal? SprintsByVelocity => Sprints > 0 && CompletedShare is > 0 and var share ? Sprints / share : null;

    /// <summary>The same by its cost, n * EAC / AC with EAC = AC + (BAC - EV) / CPI: algebraically the one above.</summary>
    public decimal? SprintsByCost =>
        Sprints > 0 && Actual > 0 && Earned is > 0 and var earned ? Sprints * (Actual + (Budget - earned) / (earned / Actual)) / Actual : null;

    /// <summary>
    /// The day of the release of a Scrum project by its velocity, with the scope as it stood at the end of the last sprint: the working days up to that end, divided by the share of
    /// the present scope that was completed by then. Lengths are added up, so that sprints need not be equally long. Null: no sprint is over, nothing is completed, or it is no Scrum project.
    /// </summary>
    public static DateOnly? ReleaseDay(ProjectHistory history, ScheduleStatus status)
    {
        if (history.Project.Methodology != Methodology.Scrum || LastEnd(history, status.AsOf) is not { } end || status.Basis.At(end) is not { } then || then.ActualTime == 0 || then.Earned == 0)
            return null;
        var scope = status.Basis.Scope.At(end);
        var planned = then.Budget + scope.Added + scope.Reestimated - scope.Removed;
        return then.DayAfter(then.ActualTime * Math.Max(planned, then.Earned) / then.Earned);
    }

    private static DateTimeOffset? LastEnd(ProjectHistory history, DateTimeOffset asOf) =>
        history.Sprints.Values.Select(s => s.End).Where(e => e <= asOf).Max() is { } end ? end.AddTicks(-1) : null;
}
