using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Testing.Publishing;

/// <summary>What stands in a tracker as text, without what counts every write (times, revisions, counters).</summary>
public sealed class TrackerSnapshot(SandboxServer server, CancellationToken cancellation)
{
    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal)
    {
        "updated", "rev", "System.Rev", "System.ChangedDate", "System.RevisedDate", "System.AuthorizedDate", "System.ChangedBy", "System.AuthorizedAs", "System.Watermark",
        "System.CommentCount", "System.History", "commentVersionRef", "_links",
    };

    /// <summary>A hash over every item of every tracker and every page of the wiki.</summary>
    public async Task<string> HashAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tracker in server.Trackers)
        {
            foreach (var item in await ItemsAsync(tracker.Name))
                hash.AppendData(Encoding.UTF8.GetBytes(await ItemAsync(tracker.Name, item)));
            hash.AppendData(Encoding.UTF8.GetBytes(await WikiAsync(tracker.Name)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Keys or numbers of all items.</summary>
    public async Task<IReadOnlyList<string>> ItemsAsync(string tracker)
    {
        var stand = Stand(tracker);
        if (stand.Kind == TrackerKind.AzureDevOps)
        {
            using var client = Client(stand);
            using var answer = await client.PostAsJsonAsync(new Uri($"{stand.BaseUrl}/_apis/wit/wiql?api-version=7.1"), new { query = "SELECT [System.Id] FROM WorkItems" }, cancellation);
            return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["workItems"]!.AsArray().Select(i => i!["id"]!.ToString())];
        }

        var (items, page, next) = (new List<string>(), "", (string?)"");
        while (next is not null)
        {
            var answer = await GetAsync(stand, stand.Kind == TrackerKind.JiraCloud
                ? $"/rest/api/3/search/jql?jql=created%3E%222000-01-01%22&maxResults=100&fields=created{page}"
                : $"/rest/api/2/search?jql=created%3E%222000-01-01%22&maxResults=100&fields=created{page}");
            var issues = answer["issues"]!.AsArray();
            items.AddRange(issues.Select(i => (string)i!["key"]!));
            next = stand.Kind == TrackerKind.JiraCloud ? (string?)answer["nextPageToken"] : issues.Count == 0 ? null : $"{items.Count}";
            page = stand.Kind == TrackerKind.JiraCloud ? $"&nextPageToken={Uri.EscapeDataString(next ?? "")}" : $"&startAt={next}";
        }

        return items;
    }

    /// <summary>An item's fields, comments, properties and links.</summary>
    public async Task<string> ItemAsync(string tracker, string item)
    {
        var stand = Stand(tracker);
        var issue = $"/rest/api/{(stand.Kind == TrackerKind.JiraCloud ? 3 : 2)}/issue/{item}";
        string[] paths = stand.Kind == TrackerKind.AzureDevOps
            ? [$"/_apis/wit/workitems/{item}?$expand=relations&api-version=7.1", $"/{await ProjectOfAsync(stand, item)}/_apis/wit/workItems/{item}/comments?api-version=7.1-preview.4"]
            : [$"{issue}?fields=*all", $"{issue}/comment", $"{issue}/properties", $"{issue}/remotelink"];
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            var answer = await GetAsync(stand, path);
            text.AppendLine(Stable(answer)?.ToJsonString());
            // A list of properties tells their keys only.
            foreach (var key in path.EndsWith("/properties", StringComparison.Ordinal) ? answer["keys"]!.AsArray() : [])
                text.AppendLine((await GetAsync(stand, $"{path}/{key!["key"]}")).ToJsonString());
        }

        return text.ToString();
    }

    /// <summary>The pages of the first project's wiki; nothing for a tracker without.</summary>
    public async Task<string> WikiAsync(string tracker)
    {
        var stand = Stand(tracker);
        var text = new StringBuilder();
        if (stand.Kind == TrackerKind.AzureDevOps)
            await PageAsync(stand, $"/{Uri.EscapeDataString(WikiProject)}/_apis/wiki/wikis/{Uri.EscapeDataString(WikiProject)}.wiki/pages", "/", text);
        return text.ToString();
    }

    /// <summary>The project whose wiki is looked at.</summary>
    public string WikiProject => server.Portfolio.Projects.SelectMany(p => p.Sources).First(s => s.Tracker == "azureDevOps").Project;

    private SandboxTracker Stand(string tracker) => server.Trackers.Single(t => t.Name == tracker);

    private async Task PageAsync(SandboxTracker stand, string pages, string path, StringBuilder text)
    {
        var page = await GetAsync(stand, $"{pages}?path={Uri.EscapeDataString(path)}&includeContent=true&recursionLevel=oneLevel&api-version=7.1");
        text.AppendLine(Stable(page)?.ToJsonString());
        foreach (var below in page["subPages"]!.AsArray())
            await PageAsync(stand, pages, (string)below!["path"]!, text);
    }

    private async Task<string> ProjectOfAsync(SandboxTracker stand, string item) =>
        Uri.EscapeDataString((string)(await GetAsync(stand, $"/_apis/wit/workitems/{item}?api-version=7.1"))["fields"]!["System.TeamProject"]!);

    private async Task<JsonNode> GetAsync(SandboxTracker stand, string path)
    {
        using var client = Client(stand);
        return JsonNode.Parse(await client.GetStringAsync(new Uri(stand.BaseUrl + path), cancellation))!;
    }

    private static HttpClient Client(SandboxTracker stand)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = stand.Kind == TrackerKind.JiraDataCenter
            ? new AuthenticationHeaderValue("Bearer", stand.Token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{(stand.Kind == TrackerKind.JiraCloud ? stand.User : "")}:{stand.Token}")));
        return client;
    }

    private static JsonNode? Stable(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.Where(m => !Counters.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, Stable(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Stable)]),
        _ => node?.DeepClone(),
    };
}
