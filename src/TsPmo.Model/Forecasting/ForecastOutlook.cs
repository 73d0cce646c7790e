using System.Globalization;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;

namespace TsPmo.Model.Forecasting;

/// <summary>What stands beside a forecast for those who ask: the same under other assumptions. It is computed only then, because two of the three are simulations.</summary>
internal sealed class ForecastOutlook(ProjectHistory history, ProjectForecast forecast)
{
    private const int Percent = 85;

    public IEnumerable<MetricInput> Inputs()
    {
        if (forecast.Streams.Count == 0 || forecast.WhyNot() is not null)
            yield break;
        if (forecast.Streams.Count > 1)
        {
            yield return new("85 %, if the streams depended on each other wholly (optimistic bound)", Date(forecast.OptimisticDayOf(Percent)));
            yield return new("85 %, if the streams had their good and bad days together", Simulated(withArrivals: false));
        }

        yield return new("85 %, if new items go on arriving as they did", Arrivals());
    }

    private string Arrivals()
    {
        var (arrived, finished) = (forecast.Streams.Sum(s => s.Sample.Arrived.Sum()), forecast.Streams.Sum(s => s.Sample.FinishedItems));
        return forecast.Streams.Any(s => s.Sample.Arrived.Sum() >= s.Sample.FinishedItems)
            ? string.Create(CultureInfo.InvariantCulture, $"no end in sight: {arrived} items arrived while {finished} were finished")
            : Simulated(withArrivals: true);
    }

    private string Simulated(bool withArrivals)
    {
        var asOf = forecast.Status.AsOf;
        var seed = Xoshiro256.SeedOf(history.Project.Key, asOf, string.Create(CultureInfo.InvariantCulture, $"days={DailySample.Longest}|trials={CoupledSimulation.Trials}|horizon={forecast.Horizon}|arrivals={withArrivals}"));
        var simulation = CoupledSimulation.Run([.. forecast.Streams.Select(s => (s.Sample, s.Remaining.Count))], withArrivals, forecast.Horizon, seed);
        return string.Create(CultureInfo.InvariantCulture, $"{Date(simulation.DayOf(Percent))} ({CoupledSimulation.Trials} trials, seed {seed})");
    }

    private string Date(int? day) => day is { } d ? forecast.DateOf(d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "not within five years";
}
