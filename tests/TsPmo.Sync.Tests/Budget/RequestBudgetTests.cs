using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Truth;

namespace TsPmo.Sync.Tests.Budget;

/// <summary>What a pass may ask of a tracker.</summary>
public sealed class RequestBudgetTests
{
    private const int PerConnector = 6;
    private const int PerProject = 2;

    // As the README of the connector states them.
    private const int ProjectAtFirst = 60, PipelineAtFirst = 60, PerDelivery = 4;
    private const int WorkItems = 3, ListsOfProjects = 3, UnchangedProject = 5, UnchangedTeam = 3;
    private const string AzureDevOps = "azureDevOps";
    private static readonly string[] Jiras = ["jiraCloud", "jiraDc"];

    [Fact]
    public async Task A_pass_over_unchanged_data_costs_six_requests_two_per_project_and_one_per_active_board()
    {
        await using var experiment = await PrepareAsync();
        await experiment.ReadAllAsync();
        var sprints = await experiment.KeepAsync("first");
        experiment.Sandbox.Requests.Clear();

        var run = await InProcess.RunAsync(experiment.Sandbox.Clock, "sync", "--config", experiment.Settings, "--json");

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        foreach (var tracker in Jiras)
        {
            var asked = experiment.Sandbox.Requests.Latest.Where(r => r.Tracker == tracker).Select(r => $"{r.Method} {r.Path}").ToList();
            var projects = experiment.Sandbox.Portfolio.Projects.SelectMany(p => p.Sources).Where(s => s.Tracker == tracker).Select(s => s.Project).Distinct().Count();
            var boards = sprints.Rows("sprints").Where(s => (string?)s["connector"] == tracker && (string?)s["state"] == "active").Select(s => (string?)s["boardOrTeam"]).Distinct().Count();
            boards.ShouldBeGreaterThan(0);
            experiment.Sandbox.Requests.Counts[tracker].ShouldBe(asked.Count, "all requests are listed");
            asked.Count.ShouldBe(PerConnector + (PerProject * projects) + boards, string.Join('\n', asked.Prepend($"{tracker}: {projects} projects, {boards} active boards")));
        }

        Connectors(run).ShouldAllBe(c => (long)c["changesStored"]! == 0);
    }

    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_pass_is_not_tried_again_and_stops_nobody_else()
    {
        const int inFlight = 4;
        await using var experiment = await PrepareAsync();
        experiment.Sandbox.AddFault(new(Sandbox.Control.FaultAction.Unauthorized, Tracker: "jiraCloud", After: 12));

        var run = await InProcess.RunAsync(experiment.Sandbox.Clock, "sync", "--config", experiment.Settings, "--json");

        run.ExitCode.ShouldBe(1);
        experiment.Sandbox.Requests.Latest.Count(r => r is { Tracker: "jiraCloud", Status: 401 }).ShouldBeInRange(1, inFlight);
        Connectors(run).Where(c => (string?)c["name"] != "jiraCloud").ShouldAllBe(c => (string?)c["outcome"] == "succeeded");
        var cloud = Connectors(run).Single(c => (string?)c["name"] == "jiraCloud");
        cloud["errors"]!.AsArray().ShouldContain(e => (string?)e!["code"] == "authentication-failed");
    }

    [Fact]
    public async Task A_token_that_has_ended_costs_one_request_and_leaves_what_is_stored_as_it_was()
    {
        await using var experiment = await PrepareAsync();
        await experiment.ReadAllAsync();
        var before = await experiment.KeepAsync("before");
        await experiment.Sandbox.RunRoundAsync(new(Seed: 5, Acts: 20, Minutes: 15), TestContext.Current.CancellationToken);
        experiment.Sandbox.AddFault(new(Sandbox.Control.FaultAction.Unauthorized, Tracker: "jiraCloud"));
        experiment.Sandbox.Requests.Clear();

        var run = await InProcess.RunAsync(experiment.Sandbox.Clock, "sync", "--config", experiment.Settings, "--json");

        run.ExitCode.ShouldBe(1);
        experiment.Sandbox.Requests.Counts["jiraCloud"].ShouldBe(1);
        var after = await experiment.KeepAsync("after");
        foreach (var kind in new[] { "work-items", "changes", "sprints", "time-entries" })
            Cloud(after, kind).ShouldBe(Cloud(before, kind), kind);

        experiment.Sandbox.ClearFaults();
        (await InProcess.RunAsync(experiment.Sandbox.Clock, "sync", "--config", experiment.Settings)).ExitCode.ShouldBe(0);
        (await experiment.KeepAsync("healed")).Differences("changes").ShouldBeEmpty();
    }

    [Fact]
    public async Task Azure_DevOps_costs_at_first_what_was_delivered_and_then_a_constant_for_each_project_and_team()
    {
        await using var experiment = await PrepareAsync();
        await experiment.ReadAllAsync();
        var first = Asked(experiment);
        var deployments = (await experiment.KeepAsync("first")).Rows("deployments").Where(d => (string?)d["connector"] == AzureDevOps).ToList();
        var (projects, teams) = (Askers(first, "/_apis/wit/classificationnodes"), Askers(first, "/_apis/work/teamsettings/iterations"));
        // A pipeline of the stand-in is a pair: one that tests and one that deploys.
        var pipelines = 2 * deployments.Select(d => ((string?)d["project"], (string?)d["pipeline"])).Distinct().Count();
        var ofDeliveries = first.Where(IsOfDeliveries).ToList();
        ofDeliveries.Count.ShouldBeInRange(1, (ProjectAtFirst * projects) + (PipelineAtFirst * pipelines) + (PerDelivery * deployments.Count),
            $"{projects} projects, {pipelines} pipelines, {deployments.Count} deployments:\n{Summary(ofDeliveries)}");
        ofDeliveries.Where(r => r.StartsWith("GET", StringComparison.Ordinal)).GroupBy(r => r).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
        experiment.Sandbox.Requests.Clear();

        var run = await InProcess.RunAsync(experiment.Sandbox.Clock, "sync", "--config", experiment.Settings, "--json");

        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        var second = Asked(experiment);
        second.Count(r => r.Contains("/_apis/wit/", StringComparison.Ordinal) && !r.Contains("classificationnodes", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(WorkItems, Summary(second));
        second.Count.ShouldBeLessThanOrEqualTo(WorkItems + ListsOfProjects + (UnchangedProject * projects) + (UnchangedTeam * teams), $"{projects} projects, {teams} teams:\n{Summary(second)}");
    }

    private static List<string> Asked(TruthExperiment experiment) =>
        [.. experiment.Sandbox.Requests.Latest.Where(r => r.Tracker == AzureDevOps).Select(r => $"{r.Method} {r.Path}")];

    private static bool IsOfDeliveries(string request) =>
        new[] { "/_apis/build/", "/_apis/release/", "/_apis/git/", "/_apis/test", "/environments" }.Any(part => request.Contains(part, StringComparison.Ordinal));

    /// <summary>Distinct addresses below which a route was asked for: those of projects or of teams.</summary>
    private static int Askers(IEnumerable<string> requests, string route) =>
        requests.Where(r => r.Contains(route, StringComparison.Ordinal)).Select(r => r[..r.IndexOf(route, StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).Count();

    private static string Summary(IEnumerable<string> requests) =>
        string.Join('\n', requests.GroupBy(r => Regex.Replace(r.Split('?')[0], "[0-9a-f-]{36}|[0-9]+", "#")).Select(g => $"{g.Count()} {g.Key}").Order(StringComparer.Ordinal));

    private static Task<TruthExperiment> PrepareAsync() => TruthExperiment.PrepareAsync(
        new TruthPlan { Items = 300, Rounds = 0, Acts = 0, Faults = 0 }, InProcess.Application, TestContext.Current.CancellationToken);

    private static IEnumerable<JsonObject> Connectors(TspmoResult run) => JsonNode.Parse(run.Output)!["connectors"]!.AsArray().Select(c => c!.AsObject());

    private static IEnumerable<string> Cloud(TruthMoment moment, string kind) =>
        moment.Rows(kind).Where(r => (string?)r["connector"] == "jiraCloud").Select(r => r.ToJsonString());
}
