using TsPmo.Model;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Connectors.AzureDevOps;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Plugins.Tests.Connectors.AzureDevOps;

/// <summary>Where requests go, and with which credential.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("https://dev.azure.com/acme/", "https://dev.azure.com/acme", "https://vsrm.dev.azure.com/acme", "https://vstmr.dev.azure.com/acme")]
    [InlineData("https://acme@dev.azure.com/acme", "https://dev.azure.com/acme", "https://vsrm.dev.azure.com/acme", "https://vstmr.dev.azure.com/acme")]
    [InlineData("https://acme.visualstudio.com", "https://acme.visualstudio.com", "https://acme.vsrm.visualstudio.com", "https://acme.vstmr.visualstudio.com")]
    [InlineData("https://tfs.acme.com:8443/tfs/Default%20Collection/", "https://tfs.acme.com:8443/tfs/Default%20Collection", "https://tfs.acme.com:8443/tfs/Default%20Collection", "https://tfs.acme.com:8443/tfs/Default%20Collection")]
    public void Releases_and_test_results_have_hosts_of_their_own_in_services_and_none_on_a_server(string given, string itself, string release, string tests)
    {
        var address = AzureDevOpsAddress.Of(Options(given));
        (address.Base, address.Release, address.TestResults).ShouldBe((itself, release, tests));
    }

    [Fact]
    public void Both_hosts_can_be_named()
    {
        var options = Options("https://dev.azure.com/acme");
        options.ReleaseUrl = new Uri("https://releases.acme.com/a/");
        options.TestResultsUrl = new Uri("https://tests.acme.com/");
        var address = AzureDevOpsAddress.Of(options);
        (address.Release, address.TestResults).ShouldBe(("https://releases.acme.com/a", "https://tests.acme.com"));
    }

    [Theory]
    [InlineData("https://dev.azure.com/acme", null)]
    [InlineData("https://dev.azure.com/acme/My%20Web", "My Web")]
    [InlineData("https://acme.visualstudio.com/DefaultCollection", null)]
    [InlineData("https://acme.visualstudio.com/Web", "Web")]
    [InlineData("https://tfs.acme.com/tfs/Collection", null)]
    public void A_project_in_the_address_is_noticed_where_it_can_be_told(string given, string? surplus) =>
        AzureDevOpsAddress.Of(Options(given)).Surplus.ShouldBe(surplus);

    [Fact]
    public void Entra_is_asked_for_azure_devops_in_the_configured_directory()
    {
        var options = Options("https://dev.azure.com/acme");
        options.DefaultTokenUrl.ShouldBeNull();
        options.Auth.Tenant = "acme.onmicrosoft.com";
        options.DefaultTokenUrl.ShouldBe(new Uri("https://login.microsoftonline.com/acme.onmicrosoft.com/oauth2/v2.0/token"));
        options.DefaultScope.ShouldBe("499b84ac-1321-427f-aa17-267ca6975798/.default");
    }

    [Fact]
    public async Task A_service_principal_signs_in_with_a_token_whose_end_the_probe_tells()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync();
        await using var tokens = await LoopbackServer.StartAsync((context, _) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"access_token":"an-entra-token","expires_in":3600}""");
        });
        var clock = new FakeClock();
        var options = Options(organisation.Address);
        options.Auth = new AuthOptions { Kind = AuthOptions.ClientCredentials, ClientId = "client", Secret = new Secret("client-secret"), TokenUrl = tokens.Address };
        var probe = await PluginCatalog.Scan().Create(new ConnectorSetup("ado", options, clock), []).Connector.ProbeAsync(new ProbeRequest([], []), TestContext.Current.CancellationToken);
        probe.TokenExpires.ShouldBe(clock.GetUtcNow().AddHours(1));
        tokens.Received.ShouldHaveSingleItem().Body.ShouldContain("scope=499b84ac-1321-427f-aa17-267ca6975798%2F.default");
        organisation.Received.ShouldAllBe(r => r.Headers["Authorization"] == "Bearer an-entra-token");
    }

    [Fact]
    public async Task A_refused_token_is_sent_once_in_a_pass_and_tried_again_in_the_next()
    {
        await using var organisation = await ScriptedOrganisation.StartAsync("Web");
        organisation.On("_apis/projects?", """{"message":"TF400813"}""", 401);
        var reader = new Organisation(organisation.Address, "secret", "Web");
        foreach (var stream in reader.Instance.Connector.Streams)
            (await reader.ReadAsync(stream)).Failure.ShouldNotBeNull(stream).Code.ShouldBe("authentication-failed");
        organisation.Received.Count.ShouldBe(1);
        organisation.On("_apis/projects?", ScriptedOrganisation.List([]));
        (await reader.ReadAsync("catalogue")).Failure.ShouldBeNull();
    }

    private static AzureDevOpsOptions Options(string address) => new() { Type = "AzureDevOps", BaseUrl = new Uri(address), RequestsPerSecond = 1000 };
}
