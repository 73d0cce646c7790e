using System.Globalization;
using TsPmo.Model.Calendar;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Portfolios;

/// <summary>What may be done about a project.</summary>
public enum AdviceKind
{
    /// <summary>Begin it, before the others that wait.</summary>
    Start,

    /// <summary>Let it wait.</summary>
    Delay,

    /// <summary>Consider ending it.</summary>
    StopCandidate,
}

/// <summary>Advice about one project with its reasons. Never done by itself; what was spent so far plays no part.</summary>
/// <param name="Project">The project's key.</param>
/// <param name="Kind">What is advised.</param>
/// <param name="Reasons">Why, each in a sentence.</param>
public sealed record Advice(string Project, AdviceKind Kind, IReadOnlyList<string> Reasons)
{
    private const decimal BeyondReach = 1.20m;
    private const decimal Hopeless = 0.05m;

    /// <summary>
    /// Advice about the projects of a portfolio, in its order. Of the projects that have not begun, those whose people are taken up are to wait, and the first in rank of the
    /// others may begin. A project is a candidate for ending when in two periods, a week apart, what it still costs is more than what finishing is still worth (cost of delay
    /// x weeks from the finish at even odds to the last day of use), or it would need more than 1.20 of its efficiency to keep the budget and finishes in time with less than 5 %.
    /// </summary>
    /// <param name="now">Results as of the instant.</param>
    /// <param name="weekBefore">Results as of a week before it.</param>
    public static IReadOnlyList<Advice> Of(PortfolioResults now, PortfolioResults weekBefore)
    {
        var today = now.Calendar.DayOf(now.AsOf);
        var overloaded = SharedWeek.Of(now).Where(w => w.Occupation.Overload > 0).ToArray();
        var waiting = now.Projects.Where(p => p.Project.Plan.Start > today).ToArray();
        var first = waiting.Where(p => Overloaded(p, overloaded) == 0 && Priority(p, today) is not null)
            .OrderByDescending(p => Priority(p, today)).ThenByDescending(p => p.Project.Plan.CostOfDelayPerWeek).FirstOrDefault();
        return
        [
            .. now.Projects.Select(p => waiting.Contains(p) ? Beginning(p, first, today, overloaded) : Ending(p, weekBefore.Projects.FirstOrDefault(b => b.Project.Key == p.Project.Key), now.Calendar, now.AsOf, weekBefore.AsOf)).OfType<Advice>(),
        ];
    }

    private static Advice? Beginning(ProjectResults project, ProjectResults? first, DateOnly today, IReadOnlyList<SharedWeek> overloaded)
    {
        if (Overloaded(project, overloaded) is > 0 and var people)
            return new(project.Project.Key, AdviceKind.Delay, [$"{people} of its people would have more than 100 % of their time taken up."]);
        return ReferenceEquals(project, first)
            ? new(project.Project.Key, AdviceKind.Start,
            [
                $"Of the projects that wait it gives most for the wait: {Text(Priority(project, today) ?? 0)} per week of work (cost of delay over weeks to the finish at even odds).",
                project.Results.All("resource.allocation").Any() ? "Its people have time for it." : "Whether its people have time for it is not known.",
                "Whether another project has to come before it is not known.",
            ])
            : null;
    }

    private static Advice? Ending(ProjectResults now, ProjectResults? before, WorkingCalendar calendar, DateTimeOffset asOf, DateTimeOffset weekBefore)
    {
        if (before is null)
            return null;
        var reasons = new List<string>();
        if (IsNotWorthIt(now, calendar.DayOf(asOf)) && IsNotWorthIt(before, calendar.DayOf(weekBefore)))
            reasons.Add($"To finish it still takes {Text(Number(now, "cost.etc") ?? 0)} {now.Project.Plan.Currency}, and finished it is worth {Text(RemainingValue(now, calendar.DayOf(asOf)) ?? 0)} until its last day of use.");
        if (IsHopeless(now) && IsHopeless(before))
        {
            reasons.Add($"To keep its budget it would have to work {Text(Number(now, "cost.tcpi.bac") ?? 0)} times as efficiently as planned from now on; above {Text(BeyondReach)} nobody has been seen to.");
            reasons.Add($"It finishes in time with a probability of {Text(Number(now, "schedule.finishProbability") ?? 0)}.");
        }

        return reasons.Count == 0 ? null : new(now.Project.Key, AdviceKind.StopCandidate, [.. reasons, $"{(reasons.Count > 1 ? "All of it" : "It")} was so a week before."]);
    }

    private static bool IsHopeless(ProjectResults project) =>
        Number(project, "cost.tcpi.bac") > BeyondReach && Number(project, "schedule.finishProbability") < Hopeless;

    private static bool IsNotWorthIt(ProjectResults project, DateOnly today) =>
        project.Measured("cost.etc") is { Number: { } cost } figure && figure.Metric.Unit == project.Project.Plan.Currency && cost > RemainingValue(project, today);

    /// <summary>What finishing is still worth: the cost of delay of the weeks in which the result is of use. Null where the plan does not say, or nobody knows when it is finished.</summary>
    private static decimal? RemainingValue(ProjectResults project, DateOnly today)
    {
        if (project.Project.Plan is not { CostOfDelayPerWeek: { } cost, UsefulUntil: { } last } || Finish(project) is not { } finish)
            return null;
        var from = finish > today ? finish : today;
        return cost * Math.Max(0, last.DayNumber - from.DayNumber) / 7;
    }

    /// <summary>People of the project who have more to do than there is time for, over all projects, in a week in which it has work for them.</summary>
    private static int Overloaded(ProjectResults project, IReadOnlyList<SharedWeek> overloaded) =>
        overloaded.Where(w => w.Parts.Any(p => p.Project == project.Project.Key)).Select(w => w.Person).Distinct(StringComparer.Ordinal).Count();

    private static DateOnly? Finish(ProjectResults project) => (project.Results.Of("schedule.finish.p50") as Measurement)?.Date;

    private static decimal? Priority(ProjectResults project, DateOnly today)
    {
        if (project.Project.Plan.CostOfDelayPerWeek is not { } cost || Finish(project) is not { } finish)
            return null;
        return finish <= today ? decimal.MaxValue : cost * 7 / (finish.DayNumber - today.DayNumber);
    }

    private static decimal? Number(ProjectResults project, string metric) => project.Measured(metric)?.Number;

    private static string Text(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
}
