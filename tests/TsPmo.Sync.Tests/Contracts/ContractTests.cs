using System.Collections.Concurrent;
using System.Text;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Testing;
using TsPmo.Testing.Apps;
using TsPmo.Testing.Contracts;

namespace TsPmo.Sync.Tests.Contracts;

/// <summary>The whole job on the stand-ins, read along on the wire and held against the vendors' interface documents.</summary>
public sealed class ContractTests
{
    [Fact]
    public async Task Every_request_and_every_answer_is_as_the_vendors_declare_it_or_a_listed_deviation()
    {
        Assert.SkipWhen(Optional.LacksShared, "The vendors' interface documents lie beside the repository on the builders' machines only.");
        var check = ContractCheck.Load(ContractCheck.Folder!);
        var differences = (await ExchangesAsync()).SelectMany(check.Compare).ToHashSet();
        var unlisted = differences.Where(d => !Deviations.All.Any(known => known.Covers(d))).Select(d => d.ToString()).Order(StringComparer.Ordinal).ToList();
        unlisted.ShouldBeEmpty();
        Deviations.All.Where(known => !differences.Any(known.Covers)).ShouldBeEmpty("An entry that nothing uses any more must go.");
    }

    [Fact]
    public void An_answer_that_is_not_as_declared_is_found()
    {
        Assert.SkipWhen(Optional.LacksShared, "The vendors' interface documents lie beside the repository on the builders' machines only.");
        var check = ContractCheck.Load(ContractCheck.Folder!);
        check.Compare(new("cloud", "POST", "/rest/api/3/search/jql", """{"jql":"project = A","maxResults":"many"}""", 200, "application/json", """{"issues":[{"id":1}],"total":3}"""))
            .Select(d => $"{d.Side} {d.Place}").ShouldBe(["request body.maxResults", "answer body.issues[].id", "answer body"], ignoreOrder: true);
        check.Compare(new("ado", "GET", "/demo/Web/_apis/wit/nowhere", null, 200, "application/json", "{}")).ShouldHaveSingleItem().What.ShouldBe("is not declared");
    }

    private static async Task<IReadOnlyCollection<Exchange>> ExchangesAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var exchanges = new ConcurrentQueue<Exchange>();
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Clock = TimeProvider.System, Items = 600, Seed = 3 }, cancellation);
        sandbox.Observe(e => exchanges.Enqueue(Exchange(sandbox, e)));
        var settings = folder.File("appsettings.json");
        SandboxSettings.Write(SandboxSettings.Of(sandbox, folder.File("tspmo.db")), settings);
        foreach (var verb in new[] { "probe", "sync", "measure", "publish", "sync", "retract" })
            await TspmoProcess.RunAsync(cancellation, verb, "--config", settings, "--json");
        return exchanges;
    }

    private static Exchange Exchange(SandboxServer sandbox, SandboxExchange exchange)
    {
        var kind = sandbox.Trackers.Single(t => t.Name == exchange.Tracker).Kind;
        var (dialect, root) = kind switch { TrackerKind.JiraCloud => ("cloud", ""), TrackerKind.JiraDataCenter => ("dc", "/jira"), _ => ("ado", "") };
        return new(dialect, exchange.Method, exchange.Path[root.Length..], Text(exchange.RequestBody), exchange.Status, exchange.AnswerType, Text(exchange.AnswerBody));
    }

    private static string? Text(byte[] body) => body.Length == 0 ? null : Encoding.UTF8.GetString(body);
}
