using TsPmo.Model.Calendar;
using TsPmo.Model.Governance;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Portfolios;

/// <summary>What the metrics of a portfolio's projects said as of one instant.</summary>
/// <param name="Portfolio">The portfolio.</param>
/// <param name="AsOf">The instant, inclusive.</param>
/// <param name="Calendar">The PMO's calendar.</param>
/// <param name="Projects">The projects in the portfolio's order; those that could not be measured at all are missing.</param>
public sealed record PortfolioResults(PortfolioDefinition Portfolio, DateTimeOffset AsOf, WorkingCalendar Calendar, IReadOnlyList<ProjectResults> Projects)
{
    /// <summary>What exports and <c>explain</c> write in the place of a project's key, before the portfolio's.</summary>
    public const string Prefix = "portfolio:";

    /// <summary>The portfolio's name among projects: <c>portfolio:KEY</c>.</summary>
    public static string NameOf(string portfolio) => Prefix + portfolio;
}

/// <summary>What one project's metrics said; without the objects behind it, which stay with the project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Results">Its results.</param>
public sealed record ProjectResults(ProjectDefinition Project, ResultSet Results)
{
    /// <summary>The project's own figure; null where it is not measurable or no number.</summary>
    public Measurement? Measured(string metric) => Results.Of(metric) is Measurement { Number: not null } measured ? measured : null;
}
