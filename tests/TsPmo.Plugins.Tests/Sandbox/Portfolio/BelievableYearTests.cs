using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;

namespace TsPmo.Plugins.Tests.Sandbox.Portfolio;

public sealed class BelievableYearTests : IAsyncLifetime
{
    private SandboxServer? _server;
    private IReadOnlyList<JsonObject> _lines = [];

    private SandboxServer Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _server = await StoppedClock.StartAsync(5000);
        _lines = await TruthFile.LinesAsync(_server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public void There_are_twelve_projects_and_about_as_many_items_as_asked_for()
    {
        Server.Portfolio.Projects.Count.ShouldBe(12);
        Acts("item-created").Count().ShouldBeInRange(4700, 5300);
    }

    [Fact]
    public void Three_projects_span_both_tools_and_every_tool_has_projects_of_its_own()
    {
        var tools = Server.Portfolio.Projects.Select(p => p.Sources.Select(s => s.Tracker).Distinct().ToList()).ToList();
        tools.Count(t => t.Count == 2 && t.Contains("azureDevOps")).ShouldBe(3);
        foreach (var tracker in Server.Trackers) tools.ShouldContain(t => t.Count == 1 && t[0] == tracker.Name);
    }

    [Fact]
    public void Only_one_project_has_no_plan_and_so_no_baseline()
    {
        var unplanned = Server.Portfolio.Projects.Where(p => p.BaselineAt is null).ShouldHaveSingleItem();
        unplanned.PlanStart.ShouldBeNull();
        unplanned.PlanFinish.ShouldBeNull();
        Server.Portfolio.Projects.Where(p => p != unplanned).ShouldAllBe(p => p.PlanStart != null && p.PlanFinish != null);
    }

    [Fact]
    public void One_project_is_late_and_one_finished_late()
    {
        var past = Server.Portfolio.Projects.Where(p => p.PlanFinish < Server.Today).ToDictionary(p => p.Key);
        past.Keys.Order().ShouldBe(["LEDGER", "PORTAL"]);
        OpenItems("LED").ShouldBeGreaterThan(30);
        OpenItems("Portal").ShouldBe(0);
        var portalFinish = past["PORTAL"].PlanFinish ?? default;
        var portal = Acts("item-created").Where(a => (string?)a["values"]?["project"] == "Portal").Select(a => a.Text("id")).ToHashSet();
        Acts("item-changed").Where(a => a.Text("tracker") == "azureDevOps" && portal.Contains(a.Text("id")) && Edits(a).Any(e => e.Text("field") == "state" && e.Text("to") == "Done")).Max(a => a.Text("at"))
            .ShouldNotBeNull().ShouldBeGreaterThan(portalFinish.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void One_project_is_kanban_without_sprints_and_one_is_waterfall_with_dates()
    {
        Server.Portfolio.Projects.Count(p => p.Methodology == "Kanban").ShouldBe(1);
        Server.Portfolio.Projects.Count(p => p.Methodology == "Waterfall").ShouldBe(1);
        Acts("sprint").ShouldNotContain(s => s.Text("project") == "OPS" || s.Text("project") == "MOVE");
        var tasks = Created("MOVE").Where(v => v.Text("sourceType") == "Task").ToList();
        tasks.Count(v => v["plannedStart"] is not null && v["plannedFinish"] is not null).ShouldBeGreaterThan(tasks.Count * 7 / 10);
    }

    [Fact]
    public void Everything_happens_before_today_and_in_the_order_it_is_told()
    {
        var today = Server.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var instants = _lines.Where(l => l.ContainsKey("at")).Select(l => l.Text("at") ?? "").ToList();
        instants.ShouldAllBe(at => string.CompareOrdinal(at, today) < 0);
        instants.ShouldBe(instants.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void People_work_on_workdays_by_day()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        var local = Acts("item-changed").Select(a => TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(a.Text("at") ?? "", CultureInfo.InvariantCulture), zone)).ToList();
        local.Count(at => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).ShouldBeLessThan(local.Count / 100);
        local.Count(at => at.Hour is < 7 or > 19).ShouldBeLessThan(local.Count / 50);
    }

    [Fact]
    public void Minds_change_in_every_way_that_a_history_can_tell()
    {
        string[] fields = ["status", "state", "type", "project", "parent", "assignee", "points", "estimateHours", "remainingHours", "sprints", "milestones", "plannedStart", "plannedFinish", "priority", "labels", "blocked"];
        var changed = _lines.SelectMany(Edits).Select(e => e.Text("field")).ToHashSet();
        foreach (var field in fields) changed.ShouldContain(field);
        var states = _lines.SelectMany(Edits).Where(e => e.Text("field") == "state").Select(e => $"{e.Text("from")}>{e.Text("to")}").ToList();
        states.ShouldContain("Done>InProgress");
        states.ShouldContain("ToDo>Removed");
    }

    [Fact]
    public void Releases_slip_deployments_fail_and_links_cross_the_trackers()
    {
        var dates = Acts("version").Where(v => v.Text("date") is not null).GroupBy(v => v.Text("tracker") + v.Text("id")).ToList();
        dates.ShouldContain(g => g.Select(v => v.Text("date")).Distinct().Count() > 1);
        Acts("deployment").Select(d => d.Text("source")).Distinct().Order().ShouldBe(["environment", "release"]);
        Acts("deployment").ShouldContain(d => d.Text("result") == "failed" && d.Text("environment") == "prod");
        Acts("deployment").Count(d => d["attempts"] is JsonArray { Count: > 0 }).ShouldBeGreaterThan(0);
        Acts("link").ShouldContain(l => !(l.Text("to") ?? "").StartsWith(l.Text("tracker") + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Some_people_work_in_two_trackers_and_some_hide_their_e_mail()
    {
        Acts("person").GroupBy(p => p.Text("email")).Count(g => g.Count() > 1).ShouldBeGreaterThanOrEqualTo(3);
        Acts("person").ShouldContain(p => (bool?)p["emailHidden"] == true);
    }

    [Fact]
    public void Every_project_has_an_item_its_status_hangs_on()
    {
        var names = Acts("item-created").SelectMany(a => new[] { $"{a.Text("tracker")} {a.Text("key")}", $"{a.Text("tracker")} {a.Text("id")}" }).ToHashSet();
        foreach (var place in Server.Portfolio.Projects.SelectMany(p => p.Publications)) names.ShouldContain($"{place.Tracker} {place.Anchor}");
        Server.Portfolio.Projects.ShouldAllBe(p => p.Publications.Count > 0);
    }

    private IEnumerable<JsonObject> Acts(string act) => _lines.Where(l => l.Text("act") == act);

    private IEnumerable<JsonObject> Created(string project) => Acts("item-created").Select(a => a["values"]?.AsObject() ?? []).Where(v => v.Text("project") == project);

    private static IEnumerable<JsonObject> Edits(JsonObject line) => (line["edits"] as JsonArray ?? []).OfType<JsonObject>();

    private int OpenItems(string project)
    {
        var states = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var line in _lines.Where(l => l.Text("id") is not null))
        {
            var item = line.Text("tracker") + line.Text("id");
            if (line.Text("act") == "item-created" && (string?)line["values"]?["project"] == project) states[item] = (string?)line["values"]?["state"];
            if (states.ContainsKey(item) && Edits(line).LastOrDefault(e => e.Text("field") == "state") is { } edit) states[item] = edit.Text("to");
        }

        return states.Values.Count(s => s is "ToDo" or "InProgress");
    }
}
