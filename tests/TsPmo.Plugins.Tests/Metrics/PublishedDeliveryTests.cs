using System.Globalization;
using System.Text.Json;
using TsPmo.Model.Delivery;
using TsPmo.Model.Measuring;
using TsPmo.Model.Work;
using TsPmo.Testing;
using TsPmo.Testing.Builders;
using TsPmo.Testing.Examples;

namespace TsPmo.Plugins.Tests.Metrics;

/// <summary>Published examples of delivery, put to our metrics; where others count differently, their way stands here beside ours.</summary>
public sealed class PublishedDeliveryTests
{
    private const string Absent = PublishedExamples.Absent;

    [Fact(Skip = Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Without_a_limit_of_time_incidents_are_put_where_the_published_snapshot_puts_them()
    {
        var (inputs, expected) = PublishedExamples.Read("dora-02-devlake-incident-link-cfr");
        var project = inputs.GetProperty("project").GetString();
        var scopes = Rows(inputs, "project_mapping").Where(m => m["project_name"] == project).Select(m => (m["table"], m["row_id"])).ToHashSet();
        var commits = Rows(inputs, "deployment_commits")
            .Where(c => c["result"] == "SUCCESS" && c["environment"] == "PRODUCTION" && scopes.Contains(("cicd_scopes", c["cicd_scope_id"]))).ToDictionary(c => c["id"]);
        var attribution = new Attribution([.. commits.Values.Select(Deployed).OrderBy(d => d.FinishedAt)]) { Reach = TimeSpan.MaxValue };

        var links = Rows(inputs, "incidents").Where(i => scopes.Contains((i["table"], i["scope_id"])))
            .Select(i => (Incident: i["id"], Deployment: attribution.Of(Instant(i["created_date"]), [])))
            .Where(l => l.Deployment is not null).ToDictionary(l => l.Incident, l => commits[l.Deployment!.Id.Id]["cicd_deployment_id"]);

        links.ShouldBe(expected.GetProperty("links").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString() ?? ""), ignoreOrder: true);
        var deployments = commits.Values.Select(c => c["cicd_deployment_id"]).Distinct().Count();
        deployments.ShouldBe(expected.GetProperty("production_deployments").GetInt32());
        ((decimal)links.Values.Distinct().Count() / deployments).ShouldBe(expected.GetProperty("change_failure_rate").GetDecimal());
    }

    [Fact(Skip = Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void The_same_days_give_three_frequencies_and_ours_is_the_recommended_one()
    {
        var (inputs, expected) = PublishedExamples.Read("dora-04-devlake-vs-fourkeys-frequency");
        DateOnly[] days = [.. inputs.GetProperty("deployment_days").EnumerateArray().Select(d => DateOnly.ParseExact(d.GetString() ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture))];
        var history = new HistoryBuilder();
        foreach (var day in days)
            history.Deployment($"{day:O}", new(day, new(12, 0), TimeSpan.Zero));

        var ours = Result(history, new(2022, 9, 26, 0, 0, 0, TimeSpan.Zero), "delivery.deploymentFrequency.daysPerWeek").ShouldBeOfType<Measurement>();

        ours.Number.ShouldBe(expected.GetProperty("recommended_median_complete_iso_weeks").GetDecimal());
        var weeks = ours.Inputs[^1].Value.Split(", ").Select(n => decimal.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        weeks.ShouldBe(expected.Numbers("devlake_days_per_iso_week"));
        weeks.Order().ElementAt((weeks.Length - 1) / 2).ShouldBe(expected.GetProperty("devlake_median").GetDecimal());
        var sundays = expected.Numbers("fourkeys_days_per_sunday_week").Select((_, week) => new DateOnly(2022, 9, 11).AddDays(7 * week));
        var ragged = sundays.Select(s => (decimal)days.Count(d => d >= s && d < s.AddDays(7))).ToArray();
        ragged.ShouldBe(expected.Numbers("fourkeys_days_per_sunday_week"));
        Observations.Median(ragged).ShouldBe(expected.GetProperty("fourkeys_median").GetDecimal());
    }

    [Fact(Skip = Absent, SkipType = typeof(Optional), SkipWhen = nameof(Optional.LacksShared))]
    public void Recovery_is_the_median_of_what_was_published_with_its_mean()
    {
        var (inputs, expected) = PublishedExamples.Read("dora-07-middleware-mttr");
        var sets = inputs.GetProperty("sets").EnumerateArray().Select(s => s.EnumerateArray().Select(n => n.GetDecimal()).ToArray()).ToArray();

        sets.Select(s => s.Length == 0 ? null : (decimal?)s.Average()).ShouldBe(Maybe(expected, "means"));
        sets.Select(s => (Result(Broken(s), new(2026, 3, 30, 0, 0, 0, TimeSpan.Zero), "delivery.recoveryTime") as Measurement)?.Number).ShouldBe(Maybe(expected, "medians"));
    }

    /// <summary>A deployment a day, each with an incident that was over so many seconds after it.</summary>
    private static HistoryBuilder Broken(decimal[] seconds)
    {
        var history = new HistoryBuilder();
        foreach (var (after, i) in seconds.Select((s, i) => (s, i)))
        {
            var finish = new DateTimeOffset(2026, 2, 2 + i, 10, 0, 0, TimeSpan.Zero);
            history.Deployment($"d{i}", finish);
            var incident = history.Item($"i{i}").With("kind", WorkItemKind.Incident).Change(finish.AddSeconds((double)after), "state", State.Done);
            incident.Created = finish.AddSeconds(1);
        }

        return history;
    }

    private static Deployment Deployed(Dictionary<string, string> commit) => new()
    {
        Id = new("ci", commit["id"]),
        Project = commit["cicd_scope_id"],
        Environment = commit["environment"],
        IsProduction = true,
        Reason = "",
        Pipeline = commit["repo_url"],
        Source = DeploymentSource.Reported,
        Result = DeploymentResult.Succeeded,
        FinishedAt = Instant(commit["finished_date"]),
    };

    private static MetricResult Result(HistoryBuilder history, DateTimeOffset asOf, string metric) =>
        PluginCatalog.Scan().Metrics.Where(m => m.Definitions.Any(d => d.Name == metric)).SelectMany(m => m.Measure(history.Build(), [asOf])).First(r => r.Metric.Name == metric && r.Subject is null);

    private static IEnumerable<Dictionary<string, string>> Rows(JsonElement inputs, string name) =>
        inputs.GetProperty(name).EnumerateArray().Select(r => r.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal));

    private static IEnumerable<decimal?> Maybe(JsonElement expected, string name) =>
        expected.GetProperty(name).EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? null : (decimal?)n.GetDecimal());

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
