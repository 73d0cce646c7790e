using TsPmo.Model.Flow;

namespace TsPmo.Model.Forecasting;

/// <summary>What a forecast at the end of a week said: by when, with 85 %, each stream would have finished as many items as it then had open.</summary>
/// <param name="MadeOn">The Sunday that ends the week.</param>
/// <param name="Date">The day it named.</param>
/// <param name="Items">Items left, by stream.</param>
public sealed record PastForecast(DateOnly MadeOn, DateOnly Date, IReadOnlyList<(string Stream, int Items)> Items);

/// <summary>
/// How often past forecasts came true. Only those whose day has passed are judged, the lucky early ones too, so that no side is favoured. True means that each stream
/// had finished as many items as it had open; which ones is not asked, because new work may rightly go first.
/// </summary>
public sealed class Calibration
{
    /// <summary>The confidence that is checked.</summary>
    public const int Percent = 85;

    /// <summary>Weeks looked back.</summary>
    public const int Weeks = 52;

    internal Calibration(FlowStatus status, IReadOnlyList<PastForecast> past)
    {
        Judged = [.. past.OrderBy(p => p.MadeOn)];
        if (Judged.Count == 0)
            return;
        var finished = new FinishedByDay(status, Judged[0].MadeOn);
        CameTrue = Judged.Count(p => p.Items.All(i => finished.Between(i.Stream, p.MadeOn, p.Date) >= i.Items));
    }

    /// <summary>The forecasts whose day has passed, oldest first.</summary>
    public IReadOnlyList<PastForecast> Judged { get; }

    /// <summary>How many of them came true.</summary>
    public int CameTrue { get; }

    /// <summary>Items that each stream finished up to each day, from a first one on.</summary>
    private sealed class FinishedByDay
    {
        private readonly DateOnly _first;
        private readonly Dictionary<string, int[]> _upTo = new(StringComparer.Ordinal);

        public FinishedByDay(FlowStatus status, DateOnly first)
        {
            _first = first;
            foreach (var entry in status.Finished)
            {
                if (entry.Step.Finish is not { } finish || finish.Day <= first)
                    continue;
                var stream = entry.Life.StreamAt(status.AsOf);
                if (!_upTo.TryGetValue(stream, out var counts))
                    _upTo[stream] = counts = new int[status.Day.DayNumber - first.DayNumber + 1];
                counts[finish.Day.DayNumber - first.DayNumber]++;
            }

            foreach (var counts in _upTo.Values)
            {
                for (var day = 1; day < counts.Length; day++)
                    counts[day] += counts[day - 1];
            }
        }

        /// <summary>Those finished after a day and up to another.</summary>
        public int Between(string stream, DateOnly after, DateOnly last) =>
            _upTo.TryGetValue(stream, out var upTo) ? upTo[last.DayNumber - _first.DayNumber] - upTo[after.DayNumber - _first.DayNumber] : 0;
    }
}
