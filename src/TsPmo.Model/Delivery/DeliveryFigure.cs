using System.Globalization;
using TsPmo.Model.Calendar;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Delivery;

/// <summary>A metric of what came of the deployments to production: one result for the project, and one for each production environment (subject <c>connector:environment</c>).</summary>
/// <param name="Figure">What it computes.</param>
/// <param name="Days">The days looked at as of an instant.</param>
public sealed record DeliveryFigure(Figure Figure, Func<WorkingCalendar, DateTimeOffset, DateWindow> Days)
{
    private const int TrailingWeeks = 13;

    /// <summary>The 13 complete weeks before the week of an instant.</summary>
    public static DateWindow Quarter(WorkingCalendar calendar, DateTimeOffset asOf) => calendar.CompleteWeeksBefore(asOf, TrailingWeeks);

    /// <summary>The six months up to and including the day of an instant.</summary>
    public static DateWindow HalfYear(WorkingCalendar calendar, DateTimeOffset asOf)
    {
        var today = calendar.DayOf(asOf);
        return new(today.AddMonths(-6).AddDays(1), today);
    }

    /// <summary>The results for each instant, in order of the instants.</summary>
    /// <param name="history">The history.</param>
    /// <param name="instants">The instants.</param>
    /// <param name="measure">What the metric makes of the outcomes it is shown; never called without any.</param>
    public IEnumerable<MetricResult> Series(ProjectHistory history, IReadOnlyList<DateTimeOffset> instants, Func<DeliveryView, MetricResult> measure)
    {
        foreach (var asOf in instants)
        {
            var window = Days(history.Calendar, asOf);
            var all = history.Delivery.Between(window, asOf);
            yield return Result(new(history, asOf, all), measure) with { Window = window };
            foreach (var environment in history.Delivery.EnvironmentsAt(asOf))
            {
                var there = all.Where(o => o.Deployment.EnvironmentId.ToString() == environment).ToList();
                yield return Result(new(history, asOf, there), measure) with { Window = window, Subject = environment };
            }
        }
    }

    private MetricResult Result(DeliveryView view, Func<DeliveryView, MetricResult> measure)
    {
        if (view.Outcomes.Count > 0)
            return measure(view);
        var because = view.History.Delivery.HasBegunAt(view.AsOf) ? "Nothing was deployed to production in the days looked at." : "No deployment to production is known.";
        return Figure.Unknown(view.AsOf, Reason.NoData, because);
    }
}

/// <summary>What a metric of delivery is shown.</summary>
/// <param name="History">The history.</param>
/// <param name="AsOf">The instant.</param>
/// <param name="Outcomes">The deployments of the window with what came of them, in order of their ends.</param>
public sealed record DeliveryView(ProjectHistory History, DateTimeOffset AsOf, IReadOnlyList<DeploymentOutcome> Outcomes)
{
    /// <summary>The finding that incidents may still be put to the youngest deployments; none where they are all old enough.</summary>
    public static IReadOnlyList<Finding> Provisional(IReadOnlyCollection<DeploymentOutcome> counted)
    {
        var young = counted.Count(o => o.IsProvisional);
        var text = string.Create(CultureInfo.InvariantCulture, $"{young} of {counted.Count} deployments are younger than {Attribution.UsualReach.TotalDays} days: incidents may still be put to them.");
        return young == 0 ? [] : [new Finding("Provisional", (decimal)young / counted.Count, text)];
    }

    /// <summary>Deployments as evidence, with the incidents put to them, ordered by id.</summary>
    public static IReadOnlyList<Evidence> Behind(IEnumerable<DeploymentOutcome> outcomes)
    {
        var all = outcomes.ToList();
        var deployments = all.Select(o => new Evidence(o.Deployment.Id, $"{o.Deployment.InWords} ({o.InWords})", o.Deployment.Url));
        var incidents = all.SelectMany(o => o.Incidents.Select(i => (i.Item, o.Deployment))).GroupBy(i => i.Item.Id)
            .Select(g => new Evidence(g.Key, "put to " + string.Join(", ", g.Select(i => i.Deployment.Id.Id)), g.First().Item.Url));
        return [.. deployments.Concat(incidents).OrderBy(e => e.Id)];
    }
}
