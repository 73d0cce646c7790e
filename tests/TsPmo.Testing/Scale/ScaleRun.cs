using System.Text.Json.Nodes;

namespace TsPmo.Testing.Scale;

/// <summary>Configuration and arithmetic of a pass over a computed site.</summary>
public static class ScaleRun
{
    private const int PageCap = 100;
    private const int HistoryIssues = 1000;
    private const int HistoryEntries = 10_000;

    /// <summary>The configuration that reads a Jira.</summary>
    public static JsonObject Settings(ScaleServer server, ScaleSite site, string storeFile)
    {
        var connector = Connector("Jira", server, ScaleSite.ProjectKeys);
        connector["Deployment"] = site.IsCloud ? "Cloud" : "DataCenter";
        return Settings(connector, storeFile);
    }

    /// <summary>The configuration that reads an Azure DevOps.</summary>
    public static JsonObject AzureSettings(ScaleServer server, string storeFile) => Settings(Connector("AzureDevOps", server, AzureSite.ProjectNames), storeFile);

    /// <summary>What a pass over unchanged data may cost: six requests, two per project, and one for the active board that each has.</summary>
    public const long UnchangedRequests = 6 + (2 * ScaleSite.Projects) + ScaleSite.Projects;

    /// <summary>
    /// The fewest requests that can bring all issues with all history from the cloud: pages of a hundred issues, and histories of a thousand issues or ten thousand entries an answer.
    /// One request per issue would be the other way.
    /// </summary>
    public static long LeastRequests(ScaleSite site) =>
        Pages(site.Issues, PageCap) + Math.Max(Pages(site.Issues, HistoryIssues), Pages(site.Changes, HistoryEntries));

    /// <summary>The fewest requests that can bring all revisions: the batches of the projects' feeds, as large as the server makes them.</summary>
    public static long LeastRequests(AzureSite site) => AzureSite.Projects * Pages(site.FeedLength, AzureRoutes.Batch);

    private static JsonObject Connector(string type, ScaleServer server, IEnumerable<string> projects) => new()
    {
        ["Type"] = type, ["BaseUrl"] = server.BaseUrl, ["RequestsPerSecond"] = 1000,
        ["Auth"] = new JsonObject { ["Kind"] = "Basic", ["User"] = "bot@example.com", ["Secret"] = "scale-token" },
        ["Projects"] = new JsonArray([.. projects.Select(k => (JsonNode)JsonValue.Create(k))]),
    };

    private static JsonObject Settings(JsonObject connector, string storeFile) => new()
    {
        ["TsPmo"] = new JsonObject
        {
            ["Store"] = new JsonObject { ["Provider"] = "Sqlite", ["ConnectionString"] = $"Data Source={storeFile}" },
            ["Connectors"] = new JsonObject { ["scale"] = connector },
        },
    };

    private static long Pages(long things, int cap) => (things + cap - 1) / cap;
}
