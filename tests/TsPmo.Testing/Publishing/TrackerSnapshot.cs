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

    private readonly TrackerWire _wire = new(server, cancellation);

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
        var stand = _wire.Stand(tracker);
        if (stand.Kind == TrackerKind.AzureDevOps)
        {
            using var client = TrackerWire.Client(stand);
            using var answer = await client.PostAsJsonAsync(new Uri($"{stand.BaseUrl}/_apis/wit/wiql?api-version=7.1"), new { query = "SELECT [System.Id] FROM WorkItems" }, cancellation);
            return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))!["workItems"]!.AsArray().Select(i => i!["id"]!.ToString())];
        }

        var (items, page, next) = (new List<string>(), "", (string?)"");
        while (next is not null)
        {
            var answer = await _wire.GetAsync(stand, stand.Kind == TrackerKind.JiraCloud
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
        var stand = _wire.Stand(tracker);
        var issue = $"/rest/api/{(stand.Kind == TrackerKind.JiraCloud ? 3 : 2)}/issue/{item}";
        string[] paths = stand.Kind == TrackerKind.AzureDevOps
            ? [$"/_apis/wit/workitems/{item}?$expand=relations&api-version=7.1", $"/{await _wire.ProjectOfAsync(stand, item)}/_apis/wit/workItems/{item}/comments?api-version=7.1-preview.4"]
            : [$"{issue}?fields=*all", $"{issue}/comment", $"{issue}/properties", $"{issue}/remotelink"];
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            var answer = await _wire.GetAsync(stand, path);
            text.AppendLine(Stable(answer)?.ToJsonString());
            // A list of properties tells their keys only.
            foreach (var key in path.EndsWith("/properties", StringComparison.Ordinal) ? answer["keys"]!.AsArray() : [])
                text.AppendLine((await _wire.GetAsync(stand, $"{path}/{key!["key"]}")).ToJsonString());
        }

        return text.ToString();
    }

    /// <summary>How often an item was changed, as the tracker counts: revisions of Azure DevOps, entries of Jira's history.</summary>
    public async Task<int> RevisionsAsync(string tracker, string item)
    {
        var stand = _wire.Stand(tracker);
        return stand.Kind == TrackerKind.AzureDevOps
            ? (int)(await _wire.GetAsync(stand, $"/_apis/wit/workitems/{item}?api-version=7.1"))["rev"]!
            : (int)(await _wire.GetAsync(stand, $"/rest/api/{(stand.Kind == TrackerKind.JiraCloud ? 3 : 2)}/issue/{item}?expand=changelog"))["changelog"]!["total"]!;
    }

    /// <summary>The pages of the first project's wiki; nothing for a tracker without.</summary>
    public async Task<string> WikiAsync(string tracker)
    {
        var stand = _wire.Stand(tracker);
        var text = new StringBuilder();
        if (stand.Kind == TrackerKind.AzureDevOps)
            await PageAsync(stand, $"/{Uri.EscapeDataString(WikiProject)}/_apis/wiki/wikis/{Uri.EscapeDataString(WikiProject)}.wiki/pages", "/", text);
        return text.ToString();
    }

    /// <summary>The project whose wiki is looked at.</summary>
    public string WikiProject => server.Portfolio.Projects.SelectMany(p => p.Sources).First(s => s.Tracker == "azureDevOps").Project;

    private async Task PageAsync(SandboxTracker stand, string pages, string path, StringBuilder text)
    {
        var page = await _wire.GetAsync(stand, $"{pages}?path={Uri.EscapeDataString(path)}&includeContent=true&recursionLevel=oneLevel&api-version=7.1");
        text.AppendLine(Stable(page)?.ToJsonString());
        foreach (var below in page["subPages"]!.AsArray())
            await PageAsync(stand, pages, (string)below!["path"]!, text);
    }

    private static JsonNode? Stable(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.Where(m => !Counters.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, Stable(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Stable)]),
        _ => node?.DeepClone(),
    };
}
