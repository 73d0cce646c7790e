using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Flow;
using TsPmo.Model.History;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.Throughput;

/// <summary>Published examples of flow, told as histories. Where a tool counts a day less, or interpolates, its way is computed here and nowhere else.</summary>
public sealed class FlowExampleTests
{
    private static readonly string[] Stages = ["Backlog", "Committed", "Build", "Test", "Done"];

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void A_board_by_its_dates_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("flow-02-deloitte-board");
        var history = Board(inputs);
        DateOnly[] days = [.. inputs.GetProperty("days").EnumerateArray().Select(d => Day(d.GetString()))];
        var window = new DateWindow(days[0], days[^1]);
        var status = history.Flow.At(Noon(Day(inputs.GetProperty("age_as_of").GetString())));

        // The tool counts differences between days; ours counts both ends.
        var cycle = status.Finished.ToDictionary(e => e.Item.Id.Id, e => e.CycleDays.ShouldNotBeNull() - 1);
        cycle.ShouldBe(Numbers(expected, "cycle_time_days_difference"), ignoreOrder: true);
        status.InProcess.ToDictionary(e => e.Item.Id.Id, e => e.AgeOn(status.Day).ShouldNotBeNull() - 1).ShouldBe(Numbers(expected, "age_days_difference"), ignoreOrder: true);
        foreach (var (percent, value) in Numbers(expected, "nearest_rank"))
            Observations.Percentile(cycle.Values, int.Parse(percent, CultureInfo.InvariantCulture)).ShouldBe(value);
        foreach (var percentile in expected.GetProperty("percentiles_linear").EnumerateObject())
            Interpolated(cycle.Values, int.Parse(percentile.Name, CultureInfo.InvariantCulture)).ShouldBe(percentile.Value.GetDouble(), 1e-9);

        var arrivals = days.Select(d => status.Counted.Count(e => e.Step.Start?.Day == d)).ToArray();
        var departures = days.Select(d => status.Finished.Count(e => e.Step.Finish?.Day == d)).ToArray();
        arrivals.ShouldBe(Counts(expected, "arrivals"));
        departures.ShouldBe(Counts(expected, "departures"));
        arrivals.Zip(departures, (a, d) => a - d).ShouldBe(Counts(expected, "net_flow"));
        days.Zip(departures).Where(d => d.Second > 0).ToDictionary(d => d.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), d => d.Second).ShouldBe(Numbers(expected, "throughput"), ignoreOrder: true);

        // At the end of a day the tool no longer counts what was finished on it.
        var inProcess = status.InProcessByDay(window);
        inProcess.Zip(departures, (wip, done) => wip - done).ShouldBe(Counts(expected, "wip"));
        (inProcess.Sum() - departures.Sum()).ShouldBe(expected.GetProperty("little_sum_wip").GetInt32());
        (cycle.Values.Sum() + status.InProcess.Sum(e => e.AgeOn(window.Last).ShouldNotBeNull())).ShouldBe(expected.GetProperty("little_sum_time").GetInt32());

        var reached = days.Select(d => Stages.Select((_, stage) => Reached(history, stage, d)).ToArray()).ToArray();
        reached.ShouldBe(expected.GetProperty("cfd").EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetInt32()).ToArray()));
        reached.Select(row => row[2] - row[3]).ShouldBe(Counts(expected, "wip_build_to_test"));
    }

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Both_ends_of_a_span_are_days_of_it()
    {
        var (inputs, expected) = PublishedExamples.Read("flow-04-lighthouse-inclusive-age");
        var history = new HistoryBuilder();
        var cases = inputs.GetProperty("cases").EnumerateArray().Select(c => (Started: Instant(c, "started"), Closed: Instant(c, "closed"))).ToArray();
        foreach (var ((started, closed), index) in cases.Select((c, i) => (c, i)))
        {
            var item = history.Item($"{index}");
            item.Created = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
            item.Change(started, "state", State.InProgress).Change(started == closed ? closed.AddTicks(1) : closed, "state", State.Done);
        }

        var cycle = history.Build().Flow.At(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)).Counted.Select(e => e.CycleDays).ToArray();

        // Started after it was closed: the tool says one day, we say that it is open again.
        cycle.ShouldBe([.. Counts(expected, "cycle").Take(3).Select(n => (int?)n), null]);
    }

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Percentiles_are_nearest_ranks()
    {
        var (inputs, expected) = PublishedExamples.Read("conv-01-percentile-nearest-rank");
        var values = inputs.GetProperty("cases").EnumerateArray().Select(c => Observations.Percentile(
            c.TryGetProperty("n", out var n) ? Enumerable.Range(1, n.GetInt32()) : c.GetProperty("values").EnumerateArray().Select(v => v.GetInt32()),
            c.GetProperty("p").GetInt32()));

        values.ShouldBe(expected.GetProperty("values").EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? (int?)null : v.GetInt32()));
    }

    private static ProjectHistory Board(JsonElement inputs)
    {
        var history = new HistoryBuilder();
        foreach (var row in inputs.GetProperty("items").EnumerateArray())
        {
            var item = history.Item(row.GetProperty("key").GetString() ?? "").With("status", Stages[0]);
            item.Created = Noon(Day(row.GetProperty(Stages[0]).GetString()));
            foreach (var (stage, index) in Stages.Select((s, i) => (s, i)).Skip(1).Where(s => row.GetProperty(s.s).ValueKind != JsonValueKind.Null))
            {
                var at = Noon(Day(row.GetProperty(stage).GetString())).AddMinutes(index);
                item.Change(at, "status", stage).Change(at, "state", stage == "Done" ? State.Done : State.InProgress);
            }
        }

        return history.Build();
    }

    /// <summary>Items that ever were in a stage or one beyond it by the end of a day.</summary>
    private static int Reached(ProjectHistory history, int stage, DateOnly day) => history.Items.Count(i =>
        i.Item.Created <= history.Calendar.EndOf(day) && Array.IndexOf(Stages, i.Item.Status.At(history.Calendar.EndOf(day))) >= stage);

    /// <summary>Linear interpolation between the neighbours, as spreadsheets do.</summary>
    private static double Interpolated(IEnumerable<int> values, int percent)
    {
        var sorted = values.Order().ToArray();
        var rank = percent / 100.0 * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(rank)], sorted[(int)Math.Ceiling(rank)]);
        return below + ((above - below) * (rank - Math.Floor(rank)));
    }

    private static Dictionary<string, int> Numbers(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32(), StringComparer.Ordinal);

    private static int[] Counts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(n => n.GetInt32())];

    private static DateOnly Day(string? text) => DateOnly.ParseExact(text ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Noon(DateOnly day) => new(day, new(12, 0), TimeSpan.Zero);

    private static DateTimeOffset Instant(JsonElement element, string name) =>
        DateTimeOffset.Parse(element.GetProperty(name).GetString() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
