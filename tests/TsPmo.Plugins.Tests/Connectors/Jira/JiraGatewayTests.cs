using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.Jira;
using TsPmo.Plugins.Tests.Sandbox.Jira;
using TsPmo.Sandbox.Jira;
using TsPmo.Sandbox.World;
using TsPmo.Testing.Conformance;

namespace TsPmo.Plugins.Tests.Connectors.Jira;

/// <summary>A site behind the gateway, which alone takes scoped tokens and the access tokens of OAuth clients.</summary>
public sealed class JiraGatewayTests
{
    private static readonly string[] Projects = ["PAY", "OPS"];

    private static readonly string[] Scopes =
    [
        "read:jira-work", "read:jira-user", "read:board-scope:jira-software", "read:board-scope.admin:jira-software", "read:sprint:jira-software", "read:project:jira", "read:servicedesk-request",
    ];

    [Fact]
    public async Task A_scoped_token_reads_by_the_gateway_what_a_classic_one_reads_at_the_site()
    {
        await using var server = await StartAsync(stories: 3);
        var classic = await ReadAsync(server, _ => { });
        classic.Count.ShouldBeGreaterThan(20);
        server.Jira.Switches = new() { ScopedToken = true };
        (await ReadAsync(server, o => o.Gateway = server.Address)).ShouldBe(classic);
    }

    [Fact]
    public async Task The_gateway_may_be_written_with_the_cloud_id_in_place_of_the_site()
    {
        await using var server = await StartAsync(stories: 3);
        var classic = await ReadAsync(server, _ => { });
        server.Jira.Switches = new() { ScopedToken = true };
        var id = (await server.SendAsync("GET", "/_edge/tenant_info", null, "")).Json["cloudId"];
        (await ReadAsync(server, o => o.BaseUrl = new(server.Address, $"/ex/jira/{id}"))).ShouldBe(classic);
    }

    [Fact]
    public async Task A_scoped_token_at_the_site_is_a_failed_sign_in()
    {
        await using var server = await StartAsync(stories: 1);
        server.Jira.Switches = new() { ScopedToken = true };
        (await Connect(server, _ => { }).ReadAsync(server.Clock, "catalogue")).Failure.ShouldNotBeNull().Code.ShouldBe("authentication-failed");
    }

    [Theory]
    [InlineData(300, 0)]
    [InlineData(3600, 3300)]
    public async Task An_OAuth_client_loses_nothing_where_tokens_end_in_the_middle_of_a_pass_as_told_or_sooner(int told, int early)
    {
        // More than one batch of issues, so that there are requests after the first pages.
        await using var server = await StartAsync(stories: 1100);
        var classic = await ReadAsync(server, _ => { });
        server.Jira.Switches = new() { AccessTokenSeconds = told, AccessTokenEndsEarlySeconds = early, ShortPages = false };
        (await ReadAsync(server, o => UseOAuth(server, o), betweenPages: TimeSpan.FromMinutes(4))).ShouldBe(classic);
    }

    [Fact]
    public async Task A_probe_tells_when_the_access_token_in_use_ends()
    {
        await using var server = await StartAsync(stories: 1);
        server.Jira.Switches = new() { AccessTokenSeconds = 900 };
        var probe = await Connect(server, o => UseOAuth(server, o)).Connector.ProbeAsync(new(Projects, []), TestContext.Current.CancellationToken);
        probe.Problems.ShouldBeEmpty();
        probe.TokenExpires.ShouldBe(server.Now.AddSeconds(900));
    }

    [Fact]
    public async Task A_scope_that_is_missing_costs_what_it_covers_and_nothing_else()
    {
        await using var server = await StartAsync(stories: 2);
        server.Jira.Switches = new() { ScopedToken = true, Scopes = [.. Scopes.Where(s => s != "read:sprint:jira-software")] };
        var instance = Connect(server, o => o.Gateway = server.Address);
        foreach (var stream in instance.Connector.Streams)
        {
            var failure = (await instance.ReadAsync(server.Clock, stream)).Failure;
            failure?.Code.ShouldBe("scope-missing");
            (failure is null).ShouldBe(stream != "sprints", stream);
        }
    }

    [Theory]
    [InlineData("read:board-scope:jira-software")]
    [InlineData("read:board-scope.admin:jira-software")]
    [InlineData("read:servicedesk-request")]
    public async Task A_scope_for_boards_or_service_desks_that_is_missing_leaves_the_rest_of_the_catalogue_and_is_told_until_it_is_given(string missing)
    {
        await using var server = await DeskAsync();
        var instance = JiraAtWork.Connect(server.Address, server.Clock, [.. Projects, "HELP"], o => o.Gateway = server.Address);
        var whole = await instance.ReadAsync(server.Clock, "catalogue");
        server.Jira.Switches = new() { ScopedToken = true, Scopes = [.. Scopes.Where(s => s != missing)] };
        var first = await instance.ReadAsync(server.Clock, "catalogue");
        var second = await instance.ReadAsync(server.Clock, "catalogue", first.Cursor());
        foreach (var reading in (Reading[])[first, second])
        {
            reading.Failure.ShouldBeNull();
            reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("scope-missing");
            foreach (var kind in (string[])["fields", "status", "type"])
                reading.Records.Count(r => r.Kind == kind).ShouldBe(whole.Records.Count(r => r.Kind == kind), kind);
        }

        server.Jira.Switches = new() { ScopedToken = true };
        var allowed = await instance.ReadAsync(server.Clock, "catalogue", second.Cursor());
        allowed.Notices.ShouldBeEmpty();
        allowed.Records.Select(r => (r.Kind, r.Id)).ShouldBe(whole.Records.Select(r => (r.Kind, r.Id)));
        (await instance.ReadAsync(server.Clock, "catalogue", allowed.Cursor())).Pages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("read:board-scope:jira-software", "rest/agile/1.0/board ")]
    [InlineData("read:board-scope.admin:jira-software", "/configuration")]
    [InlineData("read:sprint:jira-software", "/sprint")]
    [InlineData("read:servicedesk-request", "rest/servicedeskapi/servicedesk")]
    public async Task A_probe_tells_which_part_a_missing_scope_costs(string missing, string call)
    {
        await using var server = await DeskAsync();
        server.Jira.Switches = new() { ScopedToken = true, Scopes = [.. Scopes.Where(s => s != missing)] };
        var probe = await Connect(server, o => o.Gateway = server.Address).Connector.ProbeAsync(new(Projects, []), TestContext.Current.CancellationToken);
        var problem = probe.Problems.ShouldHaveSingleItem();
        (problem.Code, problem.Message.Contains(call, StringComparison.Ordinal)).ShouldBe(("scope-missing", true), problem.Message);
    }

    /// <summary>A site with boards and a service desk, behind the gateway.</summary>
    private static async Task<JiraServer> DeskAsync()
    {
        var server = await StartAsync(stories: 1);
        server.Jira.AddProject(new("HELP", "Help", "Service", [new("[System] Incident", "Incident", [new("Open", TruthState.ToDo), new("Closed", TruthState.Done)])]));
        server.Jira.Switches = new() { ScopedToken = true };
        return server;
    }

    private static async Task<JiraServer> StartAsync(int stories)
    {
        var server = await JiraServer.CloudAsync();
        var team = new JiraTeam(server);
        foreach (var number in Enumerable.Range(1, stories))
            team.Change(team.Story($"Story {number}"), JiraTeam.Start.AddHours(1), new ItemEdit(ItemField.Status, "Done"), new ItemEdit(ItemField.Sprints, new[] { team.First }));
        return server;
    }

    /// <summary>The facts of a whole pass, with the clock going on after each page.</summary>
    private static Task<IReadOnlyList<string>> ReadAsync(JiraServer server, Action<JiraOptions> set, TimeSpan betweenPages = default) =>
        server.Clock.RunAsync(FactsAsync(server, set, betweenPages), TimeSpan.FromSeconds(60));

    private static async Task<IReadOnlyList<string>> FactsAsync(JiraServer server, Action<JiraOptions> set, TimeSpan betweenPages)
    {
        var instance = Connect(server, set);
        var records = new List<SourceRecord>();
        foreach (var stream in instance.Connector.Streams)
        {
            await foreach (var step in instance.Connector.ReadAsync(new() { Stream = stream, Projects = instance.Projects }, TestContext.Current.CancellationToken))
            {
                step.ShouldNotBeOfType<ReadFailure>();
                records.AddRange(step is SourcePage page ? page.Records : []);
                server.Clock.Advance(betweenPages);
            }
        }

        return FactText.Of(instance.Normaliser, records);
    }

    private static ConnectorInstance Connect(JiraServer server, Action<JiraOptions> set) => JiraAtWork.Connect(server.Address, server.Clock, Projects, set);

    private static void UseOAuth(JiraServer server, JiraOptions options)
    {
        options.Gateway = server.Address;
        options.Auth = new() { Kind = "ClientCredentials", ClientId = "pmo", Secret = new(JiraServer.Token), TokenUrl = new(server.Address, "/oauth/token") };
    }
}
