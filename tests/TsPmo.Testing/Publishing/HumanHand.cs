using System.Text.Json.Nodes;
using TsPmo.Model.Governance;
using TsPmo.Sandbox;
using TsPmo.Sandbox.Hosting;

namespace TsPmo.Testing.Publishing;

/// <summary>What a person does to a place of ours.</summary>
public enum HumanAct
{
    /// <summary>Changes our text.</summary>
    Within,

    /// <summary>Writes beside it.</summary>
    Beside,

    /// <summary>Takes it away.</summary>
    Delete,
}

/// <summary>A person who edits in the trackers. Every text holds a word by which it is found again.</summary>
internal sealed class HumanHand(SandboxServer server, string wikiProject, CancellationToken cancellation)
{
    private const string Field = "PMO Schedule Variance";
    private const string Patch = "application/json-patch+json";
    private readonly TrackerWire _wire = new(server, cancellation);

    /// <summary>Does something to the place of a publication.</summary>
    public Task DoAsync(HumanAct act, PublicationDefinition place, string word) => (place.Connector, place.Target) switch
    {
        ("azureDevOps", "Fields") => WorkItemFieldAsync(act, place, word),
        ("azureDevOps", "Hyperlink") => HyperlinkAsync(act, place, word),
        ("azureDevOps", _) => PageAsync(act, place, word),
        (_, "Comment") => CommentAsync(act, place, word),
        (_, "Property") => PropertyAsync(act, place, word),
        (_, "RemoteLink") => RemoteLinkAsync(act, place, word),
        _ => IssueFieldAsync(act, place, word),
    };

    private async Task CommentAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var (stand, comments) = (_wire.Stand(place.Connector), $"{Issue(place)}/comment");
        if (act == HumanAct.Beside)
        {
            await _wire.SendAsync(stand, "POST", comments, new JsonObject { ["body"] = JsonNode.Parse($$"""{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"{{word}}"}]}]}""") });
            return;
        }

        var ours = (await _wire.GetAsync(stand, comments))["comments"]!.AsArray().Last(c => c!["body"]!.ToJsonString().Contains("TsPmo.Sync", StringComparison.Ordinal))!;
        if (act == HumanAct.Delete)
            await _wire.SendAsync(stand, "DELETE", $"{comments}/{ours["id"]}", null);
        else
            await _wire.SendAsync(stand, "PUT", $"{comments}/{ours["id"]}", new JsonObject { ["body"] = JsonNode.Parse(First(ours["body"]!.ToJsonString(), "\"text\":\"", $"\"text\":\"{word} ")) });
    }

    private async Task PropertyAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var (stand, properties) = (_wire.Stand(place.Connector), $"{Issue(place)}/properties");
        if (act == HumanAct.Beside)
        {
            await _wire.SendAsync(stand, "PUT", $"{properties}/{word}", new JsonObject { ["note"] = word });
            return;
        }

        var key = (string)(await _wire.GetAsync(stand, properties))["keys"]!.AsArray().First(k => ((string)k!["key"]!).StartsWith("tspmo.", StringComparison.Ordinal))!["key"]!;
        if (act == HumanAct.Delete)
        {
            await _wire.SendAsync(stand, "DELETE", $"{properties}/{key}", null);
            return;
        }

        var value = (await _wire.GetAsync(stand, $"{properties}/{key}"))["value"]!.DeepClone();
        value["title"] = word;
        await _wire.SendAsync(stand, "PUT", $"{properties}/{key}", value);
    }

    private async Task RemoteLinkAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var (stand, links) = (_wire.Stand(place.Connector), $"{Issue(place)}/remotelink");
        if (act == HumanAct.Beside)
        {
            await _wire.SendAsync(stand, "POST", links, new JsonObject { ["object"] = new JsonObject { ["url"] = $"https://example.org/{word}", ["title"] = word } });
            return;
        }

        var ours = (await _wire.GetAsync(stand, links)).AsArray().First(l => ((string?)l!["globalId"])?.StartsWith("tspmo:", StringComparison.Ordinal) == true)!;
        if (act == HumanAct.Delete)
        {
            await _wire.SendAsync(stand, "DELETE", $"{links}/{ours["id"]}", null);
            return;
        }

        var changed = new JsonObject { ["globalId"] = (string?)ours["globalId"], ["application"] = ours["application"]!.DeepClone(), ["object"] = ours["object"]!.DeepClone() };
        changed["object"]!["title"] = word;
        await _wire.SendAsync(stand, "POST", links, changed);
    }

    private async Task IssueFieldAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var stand = _wire.Stand(place.Connector);
        var known = (await _wire.GetAsync(stand, $"{Api(place)}/field")).AsArray();
        var field = act == HumanAct.Beside ? "summary" : (string)known.First(f => (string?)f!["name"] == Field)!["id"]!;
        await _wire.SendAsync(stand, "PUT", Issue(place), new JsonObject { ["fields"] = new JsonObject { [field] = act == HumanAct.Delete ? null : word } });
    }

    private async Task WorkItemFieldAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var stand = _wire.Stand(place.Connector);
        var known = (await _wire.GetAsync(stand, "/_apis/wit/fields?api-version=7.1"))["value"]!.AsArray();
        var field = act == HumanAct.Beside ? "System.Title" : (string)known.First(f => (string?)f!["name"] == Field)!["referenceName"]!;
        await ChangeAsync(stand, place, act == HumanAct.Delete
            ? new JsonObject { ["op"] = "remove", ["path"] = $"/fields/{field}" }
            : new JsonObject { ["op"] = "add", ["path"] = $"/fields/{field}", ["value"] = word });
    }

    private async Task HyperlinkAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var stand = _wire.Stand(place.Connector);
        if (act == HumanAct.Beside)
        {
            await ChangeAsync(stand, place, Link($"https://example.org/{word}", word));
            return;
        }

        var relations = (await _wire.GetAsync(stand, $"/_apis/wit/workitems/{place.Anchor}?$expand=relations&api-version=7.1"))["relations"]!.AsArray();
        var ours = relations.First(r => (string?)r!["rel"] == "Hyperlink" && ((string?)r["attributes"]!["comment"])?.Contains("tspmo:", StringComparison.Ordinal) == true)!;
        var gone = new JsonObject { ["op"] = "remove", ["path"] = $"/relations/{relations.IndexOf(ours)}" };
        await (act == HumanAct.Delete ? ChangeAsync(stand, place, gone) : ChangeAsync(stand, place, gone, Link((string)ours["url"]!, Reworded((string)ours["attributes"]!["comment"]!, word))));
    }

    private async Task PageAsync(HumanAct act, PublicationDefinition place, string word)
    {
        var stand = _wire.Stand(place.Connector);
        var project = Uri.EscapeDataString(wikiProject);
        string At(string path) => $"/{project}/_apis/wiki/wikis/{project}.wiki/pages?path={Uri.EscapeDataString(path)}&includeContent=true&api-version=7.1";
        if (act == HumanAct.Beside)
        {
            await _wire.SendAsync(stand, "PUT", At($"/{word}"), new JsonObject { ["content"] = word });
            return;
        }

        var ours = At(place.Anchor[(place.Anchor.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var (page, version) = await _wire.ReadAsync(stand, ours);
        await (act == HumanAct.Delete
            ? _wire.SendAsync(stand, "DELETE", ours, null)
            : _wire.SendAsync(stand, "PUT", ours, new JsonObject { ["content"] = $"{word}\n\n{(string?)page["content"]}" }, version: version));
    }

    private Task ChangeAsync(SandboxTracker stand, PublicationDefinition place, params JsonNode[] operations) =>
        _wire.SendAsync(stand, "PATCH", $"/_apis/wit/workitems/{place.Anchor}?api-version=7.1", new JsonArray(operations), Patch);

    private static JsonObject Link(string url, string comment) => new()
    {
        ["op"] = "add", ["path"] = "/relations/-", ["value"] = new JsonObject { ["rel"] = "Hyperlink", ["url"] = url, ["attributes"] = new JsonObject { ["comment"] = comment } },
    };

    /// <summary>The word in place of as much of the text, because there is no room for more.</summary>
    private static string Reworded(string comment, string word) => word + comment[Math.Min(word.Length, comment.Length)..];

    private static string First(string text, string old, string another)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + another + text[(at + old.Length)..];
    }

    private static string Api(PublicationDefinition place) => $"/rest/api/{(place.Connector == "jiraCloud" ? 3 : 2)}";

    private static string Issue(PublicationDefinition place) => $"{Api(place)}/issue/{place.Anchor}";
}
