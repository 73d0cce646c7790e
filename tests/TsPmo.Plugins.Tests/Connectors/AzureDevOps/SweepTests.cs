using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Conformance;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Which items there are, and what became of those that are not, over real HTTP.</summary>
public sealed partial class SweepTests
{
    private const string TooMany = """{"message":"VS402337: The number of work items returned exceeds the size limit of 20000.","typeKey":"WorkItemTrackingQueryResultSizeLimitExceededException"}""";

    private const string TookTooLong = """{"message":"VS402335: The timeout period (30 seconds) elapsed prior to completion of the query or the server is not responding.","typeKey":"WorkItemTrackingQueryTimeoutException"}""";

    [Fact]
    public async Task A_sweep_lists_what_is_there_and_says_which_projects_it_saw()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (kept, deleted) = (server.Story(0), server.Story(1));
        server.StandIn.DeleteItem(AzureDevOpsServer.At(2), server.Ann, deleted);
        var swept = await SweepAsync(new(server.Address, AzureDevOpsServer.Token, "Gone", "Web"), "Gone", "Web");
        swept.Ids.ShouldBe([kept]);
        swept.Completed.ShouldBe(["Web"]);
    }

    [Fact]
    public async Task More_items_than_an_answer_may_hold_are_listed_range_by_range()
    {
        var ids = Enumerable.Range(1, 50_000).Select(n => n % 10 == 0 ? n + 2_000_000 : n * 3).Distinct().Order().ToList();
        await using var server = await LoopbackServer.StartAsync((context, _) => QueryAsync(context, ids));
        var swept = await SweepAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "Web");
        swept.Ids.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order().ShouldBe(ids);
        swept.Completed.ShouldBe(["Web"]);
        server.Received.Count.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task Items_older_than_the_history_that_is_wanted_are_listed_as_such()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (old, recent) = (server.Story(0), server.Story(3 * 24 * 60));
        var since = DateOnly.FromDateTime(AzureDevOpsServer.At(2 * 24 * 60).UtcDateTime);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, since, "Web");
        var swept = await SweepAsync(organisation, "Web");
        swept.Steps.OfType<SweptItems>().Select(s => (s.AreBeyondHistory, s.Ids.Single())).ShouldBe([(false, recent), (true, old)]);
        swept.Completed.ShouldBe(["Web"]);
        (await MatchAsync(organisation, "[System.Id] > 0")).Ids.ShouldBe([recent]);
    }

    [Fact]
    public async Task A_condition_lists_what_fulfils_it_now()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var (tagged, other) = (server.Story(0, with: s => s with { Labels = ["pmo"] }), server.Story(1));
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        (await MatchAsync(organisation, "[System.Tags] CONTAINS 'pmo' OR [System.Title] = 'nobody'")).Ids.ShouldBe([tagged]);

        server.Change(2, tagged, ItemField.Labels, Array.Empty<string>());
        server.Change(3, other, ItemField.Labels, new[] { "pmo" });
        var matched = await MatchAsync(organisation, "[System.Tags] CONTAINS 'pmo' OR [System.Title] = 'nobody'");
        (matched.Ids.Single(), matched.Completed?.Single()).ShouldBe((other, "Web"));
    }

    [Fact]
    public async Task A_condition_that_too_many_fulfil_is_asked_for_range_by_range()
    {
        var ids = Enumerable.Range(1, 50_000).ToList();
        var isAsked = true;
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            context.Request.EnableBuffering();
            using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
            isAsked &= (await reader.ReadToEndAsync()).Contains("AND ([System.State] = ", StringComparison.Ordinal);
            context.Request.Body.Position = 0;
            await QueryAsync(context, ids);
        });
        (await MatchAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "[System.State] = 'Active'")).Ids.Count.ShouldBe(50_000);
        isAsked.ShouldBeTrue();
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_asked_range_by_range()
    {
        var ids = Enumerable.Range(1, 12).Select(i => i * 4000).ToList();
        await using var server = await LoopbackServer.StartAsync(async (context, _) =>
        {
            var (after, until) = await RangeAsync(context);
            context.Request.Body.Position = 0;
            var isQuick = after >= ids[^1] || (long)until - after <= 6000;
            await (isQuick ? QueryAsync(context, ids) : AnswerAsync(context, 400, TookTooLong));
        });
        var swept = await SweepAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "Web");
        swept.Ids.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order().ShouldBe(ids);
        swept.Completed.ShouldBe(["Web"]);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_however_little_it_asks_for_is_told()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 400, TookTooLong));
        var swept = await SweepAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "Web");
        swept.Completed.ShouldBe([]);
        swept.Notices.ShouldHaveSingleItem().Message.ShouldContain("VS402335");
        server.Received.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_sweep_of_which_the_sign_in_is_refused_says_nothing_about_any_project()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 401, "{}"));
        var swept = await SweepAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "Web");
        swept.Completed.ShouldBeNull();
        swept.Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
    }

    [Fact]
    public async Task A_project_of_which_a_part_could_not_be_listed_is_not_among_those_that_were_seen()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Request.Path.Value!.StartsWith("/Web/", StringComparison.Ordinal)
            ? QueryAsync(context, [1, 2])
            : AnswerAsync(context, 403, """{"message":"TF401027: You need a permission."}"""));
        var swept = await SweepAsync(new(server.Address.AbsoluteUri, "secret", "Closed", "Web"), "Closed", "Web");
        swept.Completed.ShouldBe(["Web"]);
        swept.Notices.ShouldHaveSingleItem().Scope.ShouldBe("Closed");
    }

    [Fact]
    public async Task An_item_that_is_looked_at_comes_with_its_whole_past_wherever_it_is_now()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.StandIn.AddProject(new ProjectSpec("Shop", "Another shop", "Scrum", [], "Agile", ["Blue"]));
        var id = server.Story(0);
        server.Change(2, id, ItemField.Project, "Shop");
        server.StandIn.AddLink(AzureDevOpsServer.At(3), server.Ann, new LinkSpec(id, "relates", null, "https://jira.example.com/browse/PAY-1"));
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        var looked = (await LookAsync(organisation, id)).ShouldHaveSingleItem();
        var facts = looked.Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).ToList();
        facts.OfType<WorkItemEvent>().Select(e => e.EventId).ShouldBe([1, 2, 3]);
        facts.OfType<LinkSet>().Where(s => s.Group == "remote").ShouldHaveSingleItem().Links.ShouldHaveSingleItem();
        looked.Absent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_looked_at_item_gives_the_same_facts_as_the_feed()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0, with: s => s with { Points = 3, Priority = "2", Labels = ["Blocked", "ui"], Assignee = server.Ben, PlannedStart = new DateOnly(2026, 3, 9) });
        server.Change(2, id, ItemField.Status, "Active");
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        await organisation.ReadAsync("catalogue");
        var read = (await organisation.ReadAsync("workItems")).Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).ToList();
        var looked = (await LookAsync(organisation, id)).Single().Records.SelectMany(r => organisation.Instance.Normaliser.Normalise(r).Facts).ToList();
        FactLines.Of(looked).ShouldBe(FactLines.Of(read));
    }

    [Fact]
    public async Task What_is_not_there_is_deleted_or_hidden_as_the_tracker_says()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Request.Path.Value! switch
        {
            var p when p.EndsWith("/fields", StringComparison.Ordinal) => AnswerAsync(context, 200, """{"value":[]}"""),
            var p when p.EndsWith("/workitemsbatch", StringComparison.Ordinal) => AnswerAsync(context, 200, """{"count":4,"value":[null,null,null,null]}"""),
            var p when p.EndsWith("/recyclebin", StringComparison.Ordinal) => AnswerAsync(context, 200, """{"count":2,"value":[{"id":1,"deletedDate":"2026-01-01T00:00:00Z","code":200},{"id":2,"code":404}]}"""),
            var p when p.EndsWith("/2", StringComparison.Ordinal) => AnswerAsync(context, 404, """{"message":"TF401232: Work item 2 does not exist, or you do not have permissions to read it."}"""),
            var p when p.EndsWith("/3", StringComparison.Ordinal) => AnswerAsync(context, 403, """{"message":"TF401027: You need a permission."}"""),
            _ => AnswerAsync(context, 404, """{"message":"VS800075: The project does not exist, or you do not have permission to access it."}"""),
        });
        var looked = (await LookAsync(new(server.Address.AbsoluteUri, "secret", "Web"), "1", "2", "3", "4")).ShouldHaveSingleItem();
        looked.Records.ShouldBeEmpty();
        looked.Absent.ShouldBe([new("1", Absence.Deleted), new("2", Absence.Deleted), new("3", Absence.Hidden), new("4", Absence.Hidden)]);
    }

    [Theory]
    [InlineData("""{"value":[{"id":1,"code":404}]}""", 200, """{"message":"TF401027: You need a permission."}""", 403, Absence.Hidden)]
    [InlineData("""{"message":"TF401027: You need a permission."}""", 403, """{"message":"TF401232: Work item 1 does not exist."}""", 404, Absence.Deleted)]
    public async Task An_item_of_which_the_recycle_bin_tells_nothing_is_asked_for_by_itself(string bin, int binStatus, string item, int itemStatus, Absence absence)
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/wit/recyclebin", bin, binStatus);
        server.On("/wit/workitems/1", item, itemStatus);
        (await LookAsync(new(server.Address, "secret", "Web"), "1")).ShouldHaveSingleItem().Absent.ShouldBe([new("1", absence)]);
    }

    [Fact]
    public async Task A_deleted_item_is_said_to_be_deleted()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        server.StandIn.DeleteItem(AzureDevOpsServer.At(2), server.Ann, id);
        (await LookAsync(new(server.Address, AzureDevOpsServer.Token, "Web"), id)).ShouldHaveSingleItem().Absent.ShouldBe([new(id, Absence.Deleted)]);
    }

    private static Task<Looking> SweepAsync(Organisation organisation, params string[] projects) =>
        Looking.OfAsync(((ISweep)organisation.Instance.Connector).SweepAsync(projects, TestContext.Current.CancellationToken));

    private static Task<Looking> MatchAsync(Organisation organisation, string condition) =>
        Looking.OfAsync(((IQuerying)organisation.Instance.Connector).MatchAsync("Web", condition, TestContext.Current.CancellationToken));

    private static async Task<IReadOnlyList<LookedAt>> LookAsync(Organisation organisation, params string[] ids)
    {
        var looked = new List<LookedAt>();
        await foreach (var step in ((ISweep)organisation.Instance.Connector).LookAsync(ids, TestContext.Current.CancellationToken))
            looked.Add(step.ShouldBeOfType<LookedAt>());
        return looked;
    }

    /// <summary>Answers a query as the vendor does: ids of the asked range, or a refusal where they are too many.</summary>
    private static async Task QueryAsync(HttpContext context, IReadOnlyList<int> ids)
    {
        var (after, until) = await RangeAsync(context);
        var found = ids.Where(id => id > after && id <= until).ToList();
        await (found.Count > 20_000 ? AnswerAsync(context, 400, TooMany) : AnswerAsync(context, 200, JsonSerializer.Serialize(new { workItems = found.Select(id => new { id }) })));
    }

    /// <summary>The ids that a query asks for: after one and up to another.</summary>
    private static async Task<(int After, int Until)> RangeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var query = body.RootElement.GetProperty("query").GetString() ?? "";
        return (int.Parse(After.Match(query).Groups["id"].Value, CultureInfo.InvariantCulture),
            Until.Match(query) is { Success: true } match ? int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) : int.MaxValue);
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    [GeneratedRegex(@"\[System\.Id\] > (?<id>\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex After { get; }

    [GeneratedRegex(@"\[System\.Id\] <= (?<id>\d+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Until { get; }
}
