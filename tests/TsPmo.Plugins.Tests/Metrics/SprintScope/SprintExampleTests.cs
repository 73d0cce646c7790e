using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics.SprintScope;

/// <summary>A published burn-down, told as histories.</summary>
public sealed class SprintExampleTests
{
    private static readonly (string Theirs, string Ours)[] Names =
        [("started", "committed"), ("added", "added"), ("removed", "removed"), ("completed", "completed"), ("reestimated", "reestimated"), ("end", "remaining")];

    [Fact(Skip = PublishedExamples.Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_burn_down_comes_out()
    {
        var (inputs, expected) = PublishedExamples.Read("sprint-01-burndown");
        var cases = inputs.GetProperty("cases").EnumerateArray().Zip(expected.GetProperty("cases").EnumerateArray());
        foreach (var (given, answers) in cases)
        {
            var name = given.GetProperty("name").GetString();
            var results = Results(inputs.GetProperty("sprint"), given);
            foreach (var (theirs, ours) in Names)
                Value(results, ours, $"{name}: {ours}").ShouldBe(answers.GetProperty(theirs).GetDecimal(), $"{name}: {ours}");
        }
    }

    /// <summary>A sprint without any items has no figures; the example says 0.</summary>
    private static decimal Value(MetricResult[] results, string name, string what) => results.Single(r => r.Metric.Name == $"sprint.{name}") switch
    {
        NotMeasurable { Reason: Reason.NoData } => 0,
        var result => result.ShouldBeOfType<Measurement>(what).Number.ShouldNotBeNull(what),
    };

    private static MetricResult[] Results(JsonElement sprint, JsonElement given)
    {
        var isRunning = given.TryGetProperty("complete", out var complete) && complete.ValueKind == JsonValueKind.Null;
        var history = new HistoryBuilder();
        history.Sprint("S", Instant(sprint.GetProperty("start")), null, completed: isRunning ? null : Instant(sprint.GetProperty("complete")));
        foreach (var events in given.GetProperty("events").EnumerateArray().GroupBy(e => e[1].GetString()))
            Tell(history.Item(events.Key ?? ""), [.. events]);
        var asOf = Instant(sprint.GetProperty("complete")).AddDays(isRunning ? -1 : 10);
        return [.. PluginCatalog.Scan().Metrics.SelectMany(m => m.Measure(history.Build(), [asOf]))];
    }

    /// <summary>Points are told as differences; the other events tell the estimate of their moment, which is that of the beginning where no points were told before.</summary>
    private static void Tell(ItemBuilder item, JsonElement[] events)
    {
        item.Created = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var points = events[0][2].GetString() == "points" ? 0 : events[0][3].GetDecimal();
        item.With("points", (decimal?)points);
        foreach (var told in events)
        {
            var at = Instant(told[0]);
            if (told[2].GetString() == "points")
                item.Change(at, "points", (decimal?)(points += told[3].GetDecimal()));
            else if (told[2].GetString() == "done")
                item.Change(at, "state", State.Done);
            else
                item.Change(at, "sprints", told[2].GetString() == "enter" ? new[] { "S" } : Array.Empty<string>());
        }
    }

    private static DateTimeOffset Instant(JsonElement text) => DateTimeOffset.Parse(text.GetString() ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
