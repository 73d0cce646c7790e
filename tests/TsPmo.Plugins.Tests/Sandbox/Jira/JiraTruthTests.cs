using System.Globalization;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;
using TsPmo.Testing.Truth;

namespace TsPmo.Plugins.Tests.Sandbox.Jira;

/// <summary>Reads every issue of the generated portfolio over HTTP and holds it against what the sandbox's log says happened.</summary>
public sealed class JiraTruthTests
{
    [Theory]
    [InlineData(TrackerKind.JiraCloud, "customfield_10016", "customfield_10015", "customfield_10021", "customfield_10014")]
    [InlineData(TrackerKind.JiraDataCenter, "customfield_10106", "customfield_10115", "customfield_10111", "customfield_10108")]
    public async Task Every_issue_stands_as_its_acts_left_it(TrackerKind kind, string points, string start, string flagged, string epicLink)
    {
        await using var sandbox = await StoppedClock.StartAsync(400);
        var tracker = sandbox.Trackers.Single(t => t.Kind == kind);
        var expected = Expected(sandbox, tracker).ToList();
        var issues = await IssuesAsync(tracker);
        var idByKey = issues.ToDictionary(i => i["key"]!.ToString(), i => i["id"]!.ToString());

        var told = issues.Select(issue => Line(issue, points, start, flagged, epic => idByKey[epic], epicLink)).ToList();
        expected.Count.ShouldBeGreaterThan(50);
        told.Except(expected, StringComparer.Ordinal).ShouldBeEmpty();
        expected.Except(told, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<string> Expected(SandboxServer sandbox, SandboxTracker tracker)
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
        var rows = new TruthExports(TruthLog.Read(sandbox.TruthPath), settings).Rows("work-items");
        return rows.Where(r => r["connector"]!.ToString() == tracker.Name && r["deleted"]!.GetValue<bool>() is false).Select(r => string.Join('|',
            r["id"], r["key"], r["project"], r["sourceType"], r["title"], r["status"], r["created"], r["updated"], Number(r["points"]), Number(r["estimateHours"]),
            Number(r["remainingHours"]), Number(r["spentHours"]), r["plannedStart"], r["plannedFinish"], r["parent"], Names(r["labels"]), r["priority"], r["blocked"]!.GetValue<bool>(), Names(r["milestones"])));
    }

    private static string Line(JsonNode issue, string points, string start, string flagged, Func<string, string> idOf, string epicLink)
    {
        var f = issue["fields"]!;
        var parent = f["parent"]?["id"]?.ToString() ?? (f[epicLink]?.ToString() is { } key ? idOf(key) : null);
        return string.Join('|',
            issue["id"], issue["key"], f["project"]!["key"], f["issuetype"]!["name"], f["summary"], f["status"]!["name"], Utc(f["created"]), Utc(f["updated"]), Number(f[points]),
            Hours(f["timeoriginalestimate"]), Hours(f["timeestimate"]), Hours(f["timespent"]), f[start], f["duedate"], parent, Names(f["labels"]), f["priority"]?["name"],
            f[flagged] is JsonArray { Count: > 0 }, string.Join(';', f["fixVersions"]!.AsArray().Select(v => v!["id"]!.ToString()).Order(StringComparer.Ordinal)));
    }

    private static async Task<List<JsonNode>> IssuesAsync(SandboxTracker tracker)
    {
        using var client = new SandboxClient();
        var (issues, token) = (new List<JsonNode>(), "");
        var jql = Uri.EscapeDataString("created > '2000-01-01' ORDER BY id");
        do
        {
            var path = tracker.Kind == TrackerKind.JiraCloud
                ? $"/rest/api/3/search/jql?jql={jql}&fields=*all&maxResults=100&nextPageToken={Uri.EscapeDataString(token)}"
                : $"/rest/api/2/search?jql={jql}&fields=*all&maxResults=1000&startAt={issues.Count}";
            using var response = await client.GetAsync(tracker, path);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            issues.AddRange(page["issues"]!.AsArray().OfType<JsonNode>());
            token = page["nextPageToken"]?.ToString() ?? "";
        }
        while (token.Length > 0);
        return issues;
    }

    private static string Utc(JsonNode? node) =>
        DateTimeOffset.ParseExact(node!.ToString(), "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string? Hours(JsonNode? seconds) => seconds is null ? null : Number(seconds.GetValue<double>() / 3600);

    private static string? Number(JsonNode? node) => node is null ? null : Number(node.GetValue<double>());

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Names(JsonNode? list) => string.Join(';', list!.AsArray().Select(n => n!.ToString()).Order(StringComparer.Ordinal));
}
