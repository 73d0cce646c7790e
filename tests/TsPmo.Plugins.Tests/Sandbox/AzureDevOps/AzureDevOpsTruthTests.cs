using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.Portfolio;
using TsPmo.Testing.Truth;

namespace TsPmo.Plugins.Tests.Sandbox.AzureDevOps;

/// <summary>Reads the generated portfolio over HTTP and holds it against what the sandbox's log says happened.</summary>
public sealed class AzureDevOpsTruthTests
{
    private const string Scheduling = "Microsoft.VSTS.Scheduling.";

    [Fact]
    public async Task Every_item_stands_as_its_acts_left_it()
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        var tracker = sandbox.Trackers.Single(t => t.Kind == TrackerKind.AzureDevOps);
        var revisions = await RevisionsAsync(tracker);
        var told = revisions.GroupBy(r => (int)r["id"]!).Select(item => Line(item.MaxBy(r => (int)r["rev"]!)!["fields"]!)).ToList();
        var expected = Rows(sandbox, "work-items").Select(Line).ToList();
        expected.Count.ShouldBeGreaterThan(50);
        told.Except(expected, StringComparer.Ordinal).ShouldBeEmpty();
        expected.Except(told, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_item_in_sight_stands_as_rounds_of_everything_left_it()
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        for (ulong round = 1; round <= 6; round++)
            await sandbox.RunRoundAsync(RoundRequest.OfEveryTracker(round, 150, 60), TestContext.Current.CancellationToken);

        var sight = TruthLog.Read(sandbox.TruthPath).Acts.Where(a => (string?)a["tracker"] == "azureDevOps").ToLookup(a => (string)a["act"]!, a => (string?)a["id"]);
        var unseen = sight["item-destroyed"].ToHashSet(StringComparer.Ordinal);
        foreach (var id in sight["item-hidden"].Where(id => sight["item-hidden"].Count(h => h == id) > sight["item-shown"].Count(s => s == id)))
            unseen.Add(id);
        var told = (await RevisionsAsync(sandbox.Trackers.Single(t => t.Kind == TrackerKind.AzureDevOps)))
            .GroupBy(r => (int)r["id"]!).Select(item => Line(item.MaxBy(r => (int)r["rev"]!)!["fields"]!)).ToList();
        var expected = Rows(sandbox, "work-items").Where(r => !unseen.Contains((string?)r["id"])).Select(Line).ToList();

        told.Except(expected, StringComparer.Ordinal).ShouldBeEmpty();
        expected.Except(told, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_time_entry_and_change_of_status_is_a_revision()
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        var revisions = await RevisionsAsync(sandbox.Trackers.Single(t => t.Kind == TrackerKind.AzureDevOps));
        var steps = revisions.GroupBy(r => (int)r["id"]!).SelectMany(item => item.Zip(item.Skip(1))).ToList();
        var entries = steps.Select(s => (After: s.Second, Hours: Hours(s.Second) - Hours(s.First))).Where(s => s.Hours != 0)
            .Select(s => $"{s.After["id"]}/{s.After["rev"]} {Number(Math.Round(s.Hours, 2))}");
        var deleted = Rows(sandbox, "work-items").Where(r => (bool)r["deleted"]!).Select(r => (string)r["id"]!).ToHashSet(StringComparer.Ordinal);
        var expected = Rows(sandbox, "time-entries").Select(r => $"{r["id"]} {Number((double)r["hours"]!)}").Order(StringComparer.Ordinal).ToList();
        expected.ShouldNotBeEmpty();
        entries.Where(e => !deleted.Contains(e.Split('/')[0])).Order(StringComparer.Ordinal).ToList().ShouldBe(expected);

        var moves = steps.Where(s => Field(s.First, "System.State") != Field(s.Second, "System.State"))
            .Select(s => $"{s.Second["id"]} {Utc(s.Second["fields"]!["System.ChangedDate"])} {Field(s.Second, "System.State")}");
        var changes = Rows(sandbox, "changes").Where(r => (string?)r["field"] == "status").Select(r => $"{r["id"]} {r["at"]} {r["to"]}");
        moves.Order(StringComparer.Ordinal).ToList().ShouldBe(changes.Order(StringComparer.Ordinal).ToList());
    }

    [Fact]
    public async Task Every_deployment_of_the_log_is_found_by_its_id()
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        var tracker = sandbox.Trackers.Single(t => t.Kind == TrackerKind.AzureDevOps);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in (await ReadAsync(tracker, "/_apis/projects?api-version=7.1"))["value"]!.AsArray().Select(p => Uri.EscapeDataString((string)p!["name"]!)))
        {
            foreach (var environment in (await ReadAsync(tracker, $"/{project}/_apis/distributedtask/environments?api-version=7.1"))["value"]!.AsArray().Select(e => (int)e!["id"]!))
            {
                var records = await ReadAsync(tracker, $"/{project}/_apis/distributedtask/environments/{environment}/environmentdeploymentrecords?top=1000&api-version=7.1");
                found.UnionWith(records["value"]!.AsArray().Select(r => $"environment/{environment}/{r!["owner"]!["id"]}/{r["stageName"]}"));
            }

            foreach (var release in await DeploymentsAsync(tracker, project))
                found.Add($"release/{release["release"]!["id"]}/{release["releaseEnvironment"]!["id"]}");
        }

        var expected = Rows(sandbox, "deployments").Select(r => (string)r["id"]!).ToList();
        expected.ShouldNotBeEmpty();
        found.ShouldBe(expected, ignoreOrder: true);
    }

    private static async Task<List<JsonNode>> DeploymentsAsync(SandboxTracker tracker, string project)
    {
        using var client = new SandboxClient();
        var (rows, token) = (new List<JsonNode>(), "");
        do
        {
            using var response = await client.GetAsync(tracker, $"/{project}/_apis/release/deployments?queryOrder=ascending&$top=100{token}&api-version=7.1");
            rows.AddRange(JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!.AsArray().OfType<JsonNode>());
            token = response.Headers.TryGetValues("x-ms-continuationtoken", out var next) ? "&continuationToken=" + next.Single() : "";
        }
        while (token.Length > 0);
        return rows;
    }

    private static async Task<List<JsonNode>> RevisionsAsync(SandboxTracker tracker)
    {
        var (revisions, token, last) = (new List<JsonNode>(), "", false);
        while (!last)
        {
            var page = await ReadAsync(tracker, $"/_apis/wit/reporting/workitemrevisions?includeDeleted=true&$maxPageSize=1000{token}&api-version=7.1");
            revisions.AddRange(page["values"]!.AsArray().OfType<JsonNode>());
            (token, last) = ($"&continuationToken={page["continuationToken"]}", (bool)page["isLastBatch"]!);
        }

        return revisions;
    }

    private static async Task<JsonNode> ReadAsync(SandboxTracker tracker, string path)
    {
        using var client = new SandboxClient();
        using var response = await client.GetAsync(tracker, path);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static IEnumerable<JsonObject> Rows(SandboxServer sandbox, string kind)
    {
        var settings = new TruthSettings
        {
            Zone = TimeZoneInfo.Utc,
            Now = sandbox.Clock.GetUtcNow(),
            BaseUrls = sandbox.Trackers.ToDictionary(t => t.Name, t => t.BaseUrl),
            PortfolioProjects = (_, _, _) => [],
            ChangelogTrackers = sandbox.Trackers.Where(t => t.Kind != TrackerKind.AzureDevOps).Select(t => t.Name).ToHashSet(),
            ActivationTrackers = sandbox.Trackers.Where(t => t.Kind == TrackerKind.JiraDataCenter).Select(t => t.Name).ToHashSet(),
        };
        return new TruthExports(TruthLog.Read(sandbox.TruthPath), settings).Rows(kind).Where(r => (string?)r["connector"] == "azureDevOps");
    }

    private static string Line(JsonObject r) => string.Join('|',
        r["id"], r["project"], r["sourceType"], r["title"], r["status"], r["created"], r["updated"], Number(r["points"]), Number(r["estimateHours"]), Number(r["remainingHours"]),
        Number(r["spentHours"]), r["plannedStart"], r["plannedFinish"], r["parent"], string.Join(';', r["labels"]!.AsArray().Select(l => (string)l!).Order(StringComparer.Ordinal)),
        r["priority"], (bool)r["blocked"]!, (bool)r["deleted"]!);

    private static string Line(JsonNode f)
    {
        var tags = ((string?)f["System.Tags"] ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries);
        return string.Join('|',
            f["System.Id"], f["System.TeamProject"], f["System.WorkItemType"], f["System.Title"], f["System.State"], Utc(f["System.CreatedDate"]), Utc(f["System.ChangedDate"]),
            Number(f[Scheduling + "StoryPoints"] ?? f[Scheduling + "Effort"] ?? f[Scheduling + "Size"]), Number(f[Scheduling + "OriginalEstimate"]), Number(f[Scheduling + "RemainingWork"]),
            Number(f[Scheduling + "CompletedWork"]), Day(f[Scheduling + "StartDate"]), Day(f[Scheduling + "TargetDate"] ?? f[Scheduling + "FinishDate"] ?? f[Scheduling + "DueDate"]),
            f["System.Parent"], string.Join(';', tags.Order(StringComparer.Ordinal)), f["Microsoft.VSTS.Common.Priority"],
            (string?)f["Microsoft.VSTS.CMMI.Blocked"] == "Yes" || tags.Contains("Blocked", StringComparer.Ordinal), (bool?)f["System.IsDeleted"] ?? false);
    }

    private static double Hours(JsonNode revision) => (double?)revision["fields"]![Scheduling + "CompletedWork"] ?? 0;

    private static string? Field(JsonNode revision, string name) => (string?)revision["fields"]![name];

    private static string Utc(JsonNode? instant) =>
        DateTimeOffset.Parse((string)instant!, CultureInfo.InvariantCulture).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Day(JsonNode? instant) => ((string?)instant)?[..10];

    private static string? Number(JsonNode? number) => number is null ? null : Number((double)number);

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
