using System.Globalization;
using TsPmo.Model.Contracts;
using TsPmo.Model.Measuring;
using TsPmo.Model.Portfolios;
using TsPmo.Model.Resources;

namespace TsPmo.Plugins.Metrics.PortfolioPeople;

/// <summary>Capacity, work and allocation of people over all projects of a portfolio, week by week, and of the portfolio over all these weeks.</summary>
public sealed class PortfolioPeopleMetric : IPortfolioMetric
{
    private static readonly FigureForm OneDecimal = new(1);
    private static readonly Figure Capacity = new(new("resource.capacity", "capacity in hours, for all projects together", "hours") { Form = OneDecimal, IsPersonal = true }, "capacity.of-the-person");
    private static readonly Figure Load = new(new("resource.load", "planned work in hours, over the projects", "hours") { Form = OneDecimal, IsPersonal = true }, "load.sum-over-projects");
    private static readonly Figure Allocation = new(
        new("resource.allocation", "allocation over the projects, planned work over capacity: above 1 is more than there is time for", "ratio")
        {
            Form = new(2, IsPadded: true) { Neutral = 1, Above = "more than there is time for" },
            Limits = Occupation.Limits,
            IsPersonal = true,
        },
        "allocation.load-over-capacity");

    /// <inheritdoc/>
    public IReadOnlyList<MetricDefinition> Definitions => [Capacity.Metric, Load.Metric, Allocation.Metric];

    /// <inheritdoc/>
    public IEnumerable<MetricResult> Measure(PortfolioResults portfolio)
    {
        var weeks = SharedWeek.Of(portfolio);
        return OfPortfolio(portfolio, weeks).Concat(weeks.SelectMany(w => OfWeek(portfolio.AsOf, w)));
    }

    private static IEnumerable<MetricResult> OfWeek(DateTimeOffset asOf, SharedWeek week)
    {
        var (load, capacity) = week.Occupation;
        yield return About(week, Load.Known(asOf, load, week.Parts.Count));
        if (week.Person == Occupation.Nobody)
            yield break;
        yield return About(week, capacity is { } hours ? Capacity.Known(asOf, hours, 1) : Capacity.Unknown(asOf, Reason.NotConfigured, NobodySaid));
        MetricResult allocation = capacity switch
        {
            null => Allocation.Unknown(asOf, Reason.NotConfigured, NobodySaid, week.Parts.Count),
            0 => Allocation.Unknown(asOf, Reason.ZeroDenominator, "There is work and no time for it in this week.", week.Parts.Count),
            { } time => Allocation.Known(asOf, load / time, week.Parts.Count) with { Band = week.Occupation.BandOf(Occupation.Limits) },
        };
        yield return About(week, allocation);
    }

    private static IEnumerable<MetricResult> OfPortfolio(PortfolioResults portfolio, IReadOnlyList<SharedWeek> weeks)
    {
        SharedWeek[] known = [.. weeks.Where(w => w.Capacity is not null)];
        var (load, capacity) = (known.Sum(w => w.Occupation.Load), known.Sum(w => w.Capacity ?? 0));
        var people = known.Select(w => w.Person).Distinct(StringComparer.Ordinal).Count();
        yield return people == 0 ? Capacity.Unknown(portfolio.AsOf, Reason.NotConfigured, NobodySaid) : Capacity.Known(portfolio.AsOf, capacity, people);
        yield return Pooled.Of(portfolio, Load.Metric.Name).Result(Load, p => p.Sum(Load.Metric.Name));
        MetricResult allocation = people == 0 ? Allocation.Unknown(portfolio.AsOf, Reason.NotConfigured, NobodySaid)
            : capacity == 0 ? Allocation.Unknown(portfolio.AsOf, Reason.ZeroDenominator, "There is work and no time for it in any of the weeks.", people)
            : Allocation.Known(portfolio.AsOf, load / capacity, people) with { Band = known.Max(w => w.Occupation.BandOf(Occupation.Limits)) };
        yield return allocation with
        {
            Inputs =
            [
                new("planned work of people with a capacity", Hours(load)), new("their capacity", Hours(capacity)), new("work beyond their capacity", Hours(known.Sum(w => w.Occupation.Overload))),
                new("weeks of people with more work than time", known.Count(w => w.Occupation.Overload > 0).ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    private const string NobodySaid = "Nobody said how many hours people have: neither the tracker's capacities nor People.HoursPerDay.";

    private static MetricResult About(SharedWeek week, MetricResult result) => result with
    {
        Subject = week.Person,
        Window = week.Week,
        Inputs = [.. week.Parts.Select(p => new MetricInput(p.Project, Hours(p.Hours)))],
    };

    private static string Hours(decimal hours) => OneDecimal.Write(hours, "hours", CultureInfo.InvariantCulture);
}
