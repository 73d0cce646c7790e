using System.Net.Http.Headers;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

public sealed class AzureDevOpsSignInTests
{
    private const string Projects = "/_apis/projects?api-version=7.1";

    [Fact]
    public async Task A_wrong_token_is_told_plainly_only_to_those_who_suppress_the_sign_in_page()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        var plain = await server.SendAsync(HttpMethod.Get, Projects, shape: Forget);
        (plain.Status, plain.TypeKey).ShouldBe((401, "UnauthorizedRequestException"));

        var page = await server.SendAsync(HttpMethod.Get, Projects, shape: ForgetBoth);
        (page.Status, page.MediaType).ShouldBe((203, "text/html"));

        var patch = await server.SendAsync(HttpMethod.Patch, "/Web/_apis/wit/workitems/1?api-version=7.1", "[]", "application/json-patch+json", ForgetBoth);
        patch.Status.ShouldBe(401);
        patch.Body.ShouldContain("TF400813");
    }

    [Theory]
    [InlineData("Basic", "UEFUOmEtdG9rZW4=")] // PAT:a-token
    [InlineData("Bearer", "a-token")]
    public async Task The_token_signs_in_in_every_form(string scheme, string value)
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        (await server.SendAsync(HttpMethod.Get, Projects, shape: r => r.Headers.Authorization = new AuthenticationHeaderValue(scheme, value))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Connection_data_says_who_one_is_without_a_version()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        var user = (await server.GetAsync("/_apis/connectionData"))["authenticatedUser"].ShouldNotBeNull();
        ((string?)user["properties"]?["Account"]?["$value"]).ShouldBe("pmo-bot@example.com");
    }

    [Theory]
    [InlineData("/_apis/projects", "VssVersionOutOfRangeException")]
    [InlineData("/_apis/projects?api-version=7.3", "VssVersionOutOfRangeException")]
    [InlineData("/_apis/projects?api-version=9.0-preview.1", "VssVersionOutOfRangeException")]
    [InlineData("/_apis/projects?api-version=7.2", "VssInvalidPreviewVersionException")]
    [InlineData("/Web/_apis/wit/workItems/1/comments?api-version=7.1", "VssInvalidPreviewVersionException")]
    public async Task A_version_that_is_missing_or_out_of_range_is_refused(string path, string typeKey)
    {
        await using var server = await AzureDevOpsServer.WithProjectAsync();
        var answer = await server.SendAsync(HttpMethod.Get, path);
        (answer.Status, answer.TypeKey).ShouldBe((400, typeKey));
    }

    [Fact]
    public async Task The_version_may_stand_in_the_accept_header()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Get, "/_apis/projects", shape: r => r.Headers.Add("Accept", "application/json;api-version=7.2-preview.4"));
        answer.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Typed_clients_find_their_addresses()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        var locations = (await server.SendAsync(HttpMethod.Options, "/_apis/wit")).Values;
        locations.ShouldContain(l => (string?)l!["id"] == "f828fe59-dd87-495d-a17c-7a8d6211ca6c" && (string?)l["routeTemplate"] == "{project}/_apis/{area}/reporting/{resource}");
        var areas = await server.GetAsync("/_apis/ResourceAreas");
        areas.ToJsonString().ShouldBe("""{"count":0,"value":null}""");
    }

    [Fact]
    public async Task Projects_are_paged_by_a_header()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        foreach (var name in new[] { "A", "B", "C" })
            server.StandIn.AddProject(new(name, name, "Scrum", []));
        var first = await server.SendAsync(HttpMethod.Get, Projects + "&%24top=2");
        (first.Values.Count, first.ContinuationToken).ShouldBe((2, "2"));
        var second = await server.SendAsync(HttpMethod.Get, Projects + "&$top=2&continuationToken=2");
        (second.Values.Count, second.ContinuationToken).ShouldBe((1, null));
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_vendors_shape()
    {
        await using var server = await AzureDevOpsServer.StartAsync();
        var project = await server.SendAsync(HttpMethod.Get, "/Nowhere/_apis/wit/workitems/1?api-version=7.1");
        (project.Status, project.TypeKey).ShouldBe((404, "ProjectDoesNotExistWithNameException"));
        (await server.SendAsync(HttpMethod.Get, "/_apis/wit/workitems/1?api-version=7.1")).Body.ShouldContain("TF401232");
        (await server.SendAsync(HttpMethod.Get, "/_apis/nothing/here")).Status.ShouldBe(404);
    }

    private static void Forget(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "stale");

    private static void ForgetBoth(HttpRequestMessage request)
    {
        Forget(request);
        request.Headers.Remove("X-TFS-FedAuthRedirect");
    }
}
