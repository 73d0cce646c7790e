using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using TsPmo.Model;
using TsPmo.Plugins.Connectors;
using TsPmo.Plugins.Http;
using TsPmo.Testing;
using TsPmo.Testing.Http;
using TsPmo.Testing.Time;

namespace TsPmo.Plugins.Tests.Http;

/// <summary>Ways to a tracker inside a company: an authority of its own, a proxy that asks for a password.</summary>
public sealed class AddressingTests : IDisposable
{
    private const string Host = "jira.acme.test";
    private readonly FakeClock _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly CertificateAuthority _authority = new("Acme Root");
    private readonly string _folder = Directory.CreateTempSubdirectory("tspmo-").FullName;

    [Fact]
    public async Task A_server_certified_by_the_named_authority_is_trusted()
    {
        await using var server = await Server("127.0.0.1");
        using var answer = await Send(Http(Https(server), o => o.CaCertificate = Pem(_authority)));
        server.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_no_trusted_authority_certifies_is_told_nothing()
    {
        await using var server = await Server("127.0.0.1");
        using var other = new CertificateAuthority("Somebody else");
        foreach (var file in new[] { null, Pem(other) })
        {
            var failure = await Should.ThrowAsync<TrackerException>(() => Send(Http(Https(server), o => o.CaCertificate = file)));
            failure.Problem.Code.ShouldBe("unreachable");
            failure.Problem.Message.ShouldContain("certificate");
            failure.Problem.Remedy.ShouldContain("CaCertificate");
        }

        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_taken_even_from_the_named_authority()
    {
        await using var server = await Server("other.acme.test");
        (await Should.ThrowAsync<TrackerException>(() => Send(Http(Https(server), o => o.CaCertificate = Pem(_authority))))).Problem.Code.ShouldBe("unreachable");
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_without_a_certificate_is_told_as_such()
    {
        await using var server = await Server("127.0.0.1");
        var file = Path.Combine(_folder, "empty.pem");
        await File.WriteAllTextAsync(file, "nothing", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<TrackerException>(() => Send(Http(Https(server), o => o.CaCertificate = file)))).Problem.Code.ShouldBe("certificate-unreadable");
    }

    [Fact]
    public async Task Through_a_proxy_the_tracker_is_reached_by_a_name_only_the_proxy_knows_and_the_proxy_never_hears_the_trackers_secret()
    {
        await using var server = await Server(Host);
        await using var proxy = new LoopbackProxy("worker", "pass:word", server.Address);
        using var answer = await Send(Http(new($"https://{Host}/jira/"), o => Behind(o, proxy, "pass:word")));
        server.Received.Single().PathAndQuery.ShouldBe("/jira/rest/x");
        server.Received.Single().Headers.Keys.ShouldNotContain("Proxy-Authorization");
        proxy.Tunnels.ShouldHaveSingleItem().ShouldBe($"{Host}:443");
        proxy.Heard.ShouldNotContain("Bearer");
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_password_is_told_as_such()
    {
        await using var server = await Server(Host);
        await using var proxy = new LoopbackProxy("worker", "right", server.Address);
        var failure = await Should.ThrowAsync<TrackerException>(() => Send(Http(new($"https://{Host}/"), o => Behind(o, proxy, "wrong"))));
        failure.Problem.Code.ShouldBe("unreachable");
        failure.Problem.Message.ShouldContain("the proxy refuses the way");
        failure.Problem.Remedy.ShouldContain("Proxy");
        failure.Problem.Message.ShouldNotContain("wrong");
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Behind(TestOptions options, LoopbackProxy proxy, string secret)
    {
        options.CaCertificate = Pem(_authority);
        options.Proxy = proxy.Address;
        options.ProxyUser = "worker";
        options.ProxySecret = new(secret);
    }

    private async Task<LoopbackServer> Server(string host)
    {
        var certificate = _authority.Issue(host);
        return await LoopbackServer.StartAsync((c, _) =>
        {
            c.Response.ContentType = "application/json";
            return c.Response.WriteAsync("{}");
        }, certificate);
    }

    private static Uri Https(LoopbackServer server) => new UriBuilder(server.Address) { Scheme = "https" }.Uri;

    private string Pem(CertificateAuthority authority)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, authority.Pem);
        return file;
    }

    private TrackerHttp Http(Uri address, Action<TestOptions> set)
    {
        var options = new TestOptions { Type = "Test", BaseUrl = address, Auth = new() { Kind = "Bearer", Secret = new Secret("t0ken") } };
        set(options);
        return new(new("acme", options, _clock), new HttpDialect());
    }

    private Task<TrackerAnswer> Send(TrackerHttp http) =>
        _clock.RunAsync(http.SendAsync(new(HttpMethod.Get, "rest/x"), TestContext.Current.CancellationToken), TimeSpan.FromSeconds(60));

    private sealed class TestOptions : ConnectorOptions;
}
