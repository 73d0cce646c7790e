using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Answers that are allowed and rare: feeds in several batches, lists that repeat their token, branches that are told apart.</summary>
public sealed class TrapTests
{
    private const string Links = "/_apis/wit/reporting/workitemlinks";

    [Fact]
    public async Task The_token_for_now_lies_behind_the_last_batch_and_not_behind_the_first()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("startDateTime=", Batch("", "5", "false"));
        server.On($"{Links}?continuationToken=5", Batch(Link(1, 2), "9"));
        server.On($"{Links}?continuationToken=9", Batch(Link(3, 4), "9"));
        (await Of(server).NewAsync<LinkFact>("links")).ShouldHaveSingleItem().FromId.ShouldBe("3");
    }

    [Fact]
    public async Task A_feed_that_does_not_say_which_batch_is_its_last_is_read_until_one_is_empty()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On($"/Web{Links}", Batch(Link(1, 2), "2", null));
        server.On($"/Web{Links}?continuationToken=2", Batch(Link(3, 4), "3", null));
        server.On($"/Web{Links}?continuationToken=3", Batch("", "3", null));
        (await Of(server).NewAsync<LinkFact>("links")).Select(l => l.FromId).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task A_token_and_an_instant_are_never_asked_together()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/Web/_apis/wit/reporting/workitemrevisions", Batch("", "7", "false"));
        server.On("/Web/_apis/wit/reporting/workitemrevisions?continuationToken=7", Batch("", "8"));
        await new Organisation(server.Address, "secret", new DateOnly(2026, 1, 1), "Web").NewAsync<Fact>("workItems");
        server.Received.Where(r => r.PathAndQuery.Contains("/Web/", StringComparison.Ordinal) && r.PathAndQuery.Contains("continuationToken=7", StringComparison.Ordinal))
            .ShouldHaveSingleItem().PathAndQuery.ShouldNotContain("startDateTime");
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_while_a_project_is_loaded_is_no_fault_of_that_project()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On($"/Web{Links}", "{}", 401);
        var reading = await Of(server).ReadAsync("links");
        (reading.Failure?.Code, reading.Notices.Count).ShouldBe(("authentication-failed", 0));
    }

    [Fact]
    public async Task A_link_is_kept_where_one_of_its_ends_lies_in_a_bound_project_or_may_do()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On($"{Links}?continuationToken", Batch(string.Join(',', Link(1, 2, "P0", "p9"), Link(3, 4, "p9", "P0"), Link(5, 6, "p8", "p9"), Link(7, 8)), "9"));
        (await Of(server).NewAsync<LinkFact>("links")).Select(l => l.FromId).ShouldBe(["1", "3", "7"]);
    }

    [Fact]
    public async Task A_branch_of_iterations_that_is_too_deep_for_an_answer_is_asked_for_by_itself()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/classificationnodes/", """{"id":1,"identifier":"root","name":"Web","children":[{"id":2,"identifier":"r","name":"Release 1","hasChildren":true}]}""");
        server.On("/classificationnodes/iterations/Release%201", """{"id":2,"identifier":"r","name":"Release 1","children":[{"id":3,"identifier":"s","name":"Sprint 1"}]}""");
        server.On("/classificationnodes/iterations/Release 1", """{"id":2,"identifier":"r","name":"Release 1","children":[{"id":3,"identifier":"s","name":"Sprint 1"}]}""");
        (await Of(server).NewAsync<SprintFact>("iterations")).Select(s => s.Id).ShouldBe(["r", "s"]);
    }

    [Fact]
    public async Task A_list_that_repeats_its_token_ends_with_words_and_tells_nothing_twice()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var runs = ScriptedOrganisation.List(["""{"id":1,"result":"succeeded","finishTime":"2026-03-30T08:00:00Z","definition":{"id":1,"name":"Ship"}}"""]);
        server.On("/build/builds?statusFilter=completed", runs, next: "again");
        var reading = await Of(server).ReadAsync("deployments");
        reading.Records.Count(r => r.Kind == "build").ShouldBe(1);
        reading.Notices.ShouldHaveSingleItem().Message.ShouldContain("again");
    }

    [Fact]
    public async Task Environments_are_read_in_every_pass_where_the_runs_cannot_be_read()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        server.On("/build/builds", """{"message":"TF401027: You need a permission."}""", 403);
        var organisation = Of(server);
        await organisation.ReadAsync("deployments");
        await organisation.ReadAsync("deployments");
        server.Received.Count(r => r.PathAndQuery.Contains("/distributedtask/environments", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_thorough_reading_reads_environments_although_nothing_ran()
    {
        await using var server = await ScriptedOrganisation.StartAsync("Web");
        var organisation = Of(server);
        await organisation.ReadAsync("deployments");
        await organisation.ReadAsync("deployments");
        await organisation.ReadAsync("deployments", ReadDepth.Reconcile);
        server.Received.Count(r => r.PathAndQuery.Contains("/distributedtask/environments", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static Organisation Of(ScriptedOrganisation server) => new(server.Address, "secret", "Web");

    private static string Batch(string values, string token, string? isLast = "true")
    {
        var last = isLast is null ? "" : $"\"isLastBatch\":{isLast},";
        return $$"""{"values":[{{values}}],{{last}}"continuationToken":"{{token}}"}""";
    }

    private static string Link(int source, int target, string? sourceProject = null, string? targetProject = null)
    {
        var projects = sourceProject is null ? "" : $"\"sourceProjectId\":\"{sourceProject}\",\"targetProjectId\":\"{targetProject}\",";
        return $$"""{"rel":"System.LinkTypes.Dependency-Forward","sourceId":{{source}},"targetId":{{target}},{{projects}}"changedDate":"2026-03-30T08:00:00Z","isActive":true}""";
    }
}
