using TsPmo.Model.Measuring;
using TsPmo.Model.Resources;

namespace TsPmo.Model.Portfolios;

/// <summary>What one person has to do in one week over all projects of a portfolio: to be overloaded is a matter of the person, and each project sees only its own part.</summary>
/// <param name="Person">The person's id, or <see cref="Resources.Occupation.Nobody"/>.</param>
/// <param name="Week">Monday to Sunday.</param>
/// <param name="Parts">Hours of work by project, in the portfolio's order; projects without any are left out.</param>
/// <param name="Capacity">Hours of the person for all of them together; null where nobody said.</param>
public sealed record SharedWeek(string Person, DateWindow Week, IReadOnlyList<(string Project, decimal Hours)> Parts, decimal? Capacity)
{
    private static readonly string[] Counted = ["resource.load", "resource.capacity"];

    /// <summary>The work of all projects against the time for it.</summary>
    public Occupation Occupation => new(Parts.Sum(p => p.Hours), Capacity);

    /// <summary>The weeks of all people in the figures of a portfolio's projects, ordered by person, then week.</summary>
    public static IReadOnlyList<SharedWeek> Of(PortfolioResults portfolio) =>
    [
        .. from project in portfolio.Projects
           from metric in Counted
           from result in project.Results.All(metric).OfType<Measurement>()
           where result is { Subject: not null, Window: not null, Number: not null }
           group (metric, project.Project.Key, Hours: result.Number ?? 0) by (Person: result.Subject ?? "", Week: result.Window ?? default) into week
           orderby week.Key.Person, week.Key.Week.First
           select new SharedWeek(
               week.Key.Person, week.Key.Week,
               [.. week.Where(w => w.metric == "resource.load" && w.Hours > 0).Select(w => (w.Key, w.Hours))],
               // Every project that knows the person tells the hours for all of them.
               week.Where(w => w.metric == "resource.capacity").Select(w => (decimal?)w.Hours).Max()),
    ];
}
