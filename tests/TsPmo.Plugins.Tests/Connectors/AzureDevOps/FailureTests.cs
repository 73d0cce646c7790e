using Microsoft.AspNetCore.Http;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Tests.Sandbox.AzureDevOps;
using TsPmo.Testing.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Servers that refuse, are old, or answer strangely.</summary>
public sealed class FailureTests
{
    private const string Out = """{"typeKey":"VssVersionOutOfRangeException","message":"The requested REST API version is out of range for this server."}""";
    private const string Projects = """{"count":1,"value":[{"id":"11111111-0000-4000-8000-000000000001","name":"Web","state":"wellFormed"}]}""";

    [Fact]
    public async Task A_page_with_status_203_is_a_failed_sign_in()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 203, "<html>Sign in</html>", "text/html"));
        foreach (var stream in Of(server).Instance.Connector.Streams)
            (await Of(server).ReadAsync(stream)).Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
        server.Received.ShouldAllBe(r => r.Headers["X-TFS-FedAuthRedirect"] == "Suppress");
    }

    [Fact]
    public async Task An_older_server_is_asked_in_its_own_version_and_that_is_remembered()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) =>
            context.Request.Query["api-version"].ToString().StartsWith("6.0", StringComparison.Ordinal)
                ? AnswerAsync(context, 200, """{"values":[],"isLastBatch":true}""")
                : AnswerAsync(context, 400, Out));
        var organisation = Of(server);
        (await organisation.ReadAsync("links")).Failure.ShouldBeNull();
        server.Received.Select(r => r.PathAndQuery.Split("api-version=")[1]).Take(4).ShouldBe(["7.1", "7.0", "6.0", "6.0"]);
        var asked = server.Received.Count;
        (await organisation.ReadAsync("links")).Failure.ShouldBeNull();
        server.Received.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public async Task A_server_that_refuses_every_version_is_told_in_its_words()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 400, Out));
        var failure = (await Of(server).ReadAsync("links")).Failure.ShouldNotBeNull();
        failure.Message.ShouldContain("out of range");
        failure.Scope.ShouldBe("links");
    }

    [Fact]
    public async Task A_feed_that_repeats_its_token_is_not_followed_for_ever()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 200, context.Request.Path.Value!.EndsWith("projects", StringComparison.Ordinal)
            ? Projects
            : """{"values":[],"continuationToken":"7","isLastBatch":false}"""));
        (await Of(server).ReadAsync("links")).Failure.ShouldNotBeNull().Code.ShouldBe("unexpected-answer");
        server.Received.Count.ShouldBeLessThan(4);
    }

    [Fact]
    public async Task The_token_is_taken_from_the_next_link_where_the_body_has_none()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => AnswerAsync(context, 200, context.Request.Path.Value!.EndsWith("projects", StringComparison.Ordinal)
            ? Projects
            : """{"values":[{"rel":"System.LinkTypes.Related","sourceId":1,"targetId":2,"changedDate":"2026-01-01T00:00:00Z","isActive":true}],"nextLink":"https://dev.example.com/acme/_apis/wit/reporting/workItemLinks?continuationToken=6281123&api-version=2.2","isLastBatch":true}"""));
        var organisation = Of(server);
        await organisation.ReadAsync("links");
        await organisation.ReadAsync("links");
        server.Received.ShouldContain(r => r.PathAndQuery.Contains("continuationToken=6281123", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forbidden_part_is_a_notice_and_the_other_parts_are_read()
    {
        await using var server = await LoopbackServer.StartAsync((context, _) => context.Request.Path.Value! switch
        {
            var p when p.EndsWith("/projects", StringComparison.Ordinal) => AnswerAsync(context, 200, Projects),
            var p when p.Contains("/environments", StringComparison.Ordinal) => AnswerAsync(context, 403, """{"message":"TF401027: You need a permission."}"""),
            _ => AnswerAsync(context, 200, """{"count":1,"value":[{"id":1,"result":"succeeded","finishTime":"2026-01-01T00:00:00Z","definition":{"name":"web"}}]}"""),
        });
        var reading = await Of(server).ReadAsync("deployments");
        reading.Failure.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("forbidden");
        reading.Records.Select(r => r.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["build", "release", "runQuality"]);
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_read_begins_anew()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        server.Story(0);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Web");
        await organisation.ReadAsync("catalogue");
        var reading = await Testing.Conformance.Reading.OfAsync(organisation.Instance, "workItems", "{broken", TestContext.Current.CancellationToken);
        reading.Records.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_probe_says_what_is_missing_and_which_target_is_loud()
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var id = server.Story(0);
        var organisation = new Organisation(server.Address, AzureDevOpsServer.Token, "Gone", "Web");
        var publications = new[] { new ProbePublication("PAY/fields", "Fields", id), new ProbePublication("PAY/comment", "Comment", id), new ProbePublication("PAY/lost", "Fields", "999") };
        var probe = await organisation.Instance.Connector.ProbeAsync(new ProbeRequest(["Gone", "Web"], publications), TestContext.Current.CancellationToken);
        (probe.Reachable, probe.SignedInAs, probe.Product).ShouldBe((true, "pmo-bot@example.com", "Azure DevOps Services, API 7.1"));
        probe.Problems.Select(p => (p.Code, p.Scope)).ShouldBe([("project-unknown", "Gone"), ("anchor-unknown", "PAY/lost")]);
        probe.LoudPublications.Keys.ShouldBe(["PAY/comment"]);
        server.Notifications.Sent.ShouldBeEmpty();
        (await organisation.NewAsync<Model.Facts.WorkItemEvent>("workItems")).ShouldHaveSingleItem();
    }

    private static Organisation Of(LoopbackServer server) => new(server.Address.AbsoluteUri, "secret", "Web");

    private static Task AnswerAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }
}
