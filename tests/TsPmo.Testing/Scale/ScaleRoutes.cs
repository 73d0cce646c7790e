using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TsPmo.Testing.Scale;

/// <summary>Writes an answer; the second argument lets what was written go out.</summary>
internal delegate Task ScaleAnswer(Utf8JsonWriter json, Func<Task> flush);

/// <summary>What a computed site answers to the paths that readers ask.</summary>
internal sealed partial class ScaleRoutes(ScaleSite site, string origin) : IScaleRoutes
{
    private const int PageCap = 100;
    private const int IdPageCap = 5000;
    private const int DataCenterCap = 1000;
    private const int HistoryCap = 10_000;

    private readonly ScaleAnswers _answers = new(site, origin);

    public ScaleAnswer? Find(HttpRequest request, JsonElement body) => ApiPattern().Replace(request.Path.Value ?? "", "") switch
    {
        "serverInfo" => Simple(ServerInfo),
        "myself" => Simple(w => _answers.UserMembers(w, 0)),
        "field" => List(Fields),
        "status" => List(w => Each(w, ScaleChange.Statuses.Count, i => _answers.Status(w, i))),
        "issuetype" => List(w => Each(w, 1, _ => ScaleAnswers.Type(w))),
        "priority" => List(w => Each(w, ScaleChange.Priorities.Count, i => w.WriteString("name", ScaleChange.Priorities[i]))),
        "resolution" or "user/bulk" => List(_ => { }),
        "search/jql" when site.IsCloud => SearchByToken(body),
        "search" when !site.IsCloud => SearchByPosition(body),
        "changelog/bulkfetch" when site.IsCloud => Histories(body),
        "issue/bulkfetch" when site.IsCloud => Bulk(body),
        "worklog/updated" or "worklog/deleted" => Simple(NoWork),
        "board" => Simple(w => Page(w, [Board(request)], _answers.Board)),
        var board when BoardPattern().Match(board) is { Success: true } match => OfBoard(match, request),
        var other when ProjectPattern().Match(other) is { Success: true } project => Project(project),
        _ => null,
    };

    private static ScaleAnswer Simple(Action<Utf8JsonWriter> members) => (json, _) =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        return Task.CompletedTask;
    };

    private static ScaleAnswer List(Action<Utf8JsonWriter> entries) => (json, _) =>
    {
        json.WriteStartArray();
        entries(json);
        json.WriteEndArray();
        return Task.CompletedTask;
    };

    private static void Each(Utf8JsonWriter json, int count, Action<int> members)
    {
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            members(i);
            json.WriteEndObject();
        }
    }

    private void ServerInfo(Utf8JsonWriter json)
    {
        json.WriteString("baseUrl", origin);
        json.WriteString("version", site.IsCloud ? "1001.0.0-SNAPSHOT" : "10.3.24");
        json.WriteString("deploymentType", site.IsCloud ? "Cloud" : "Server");
    }

    private static void Fields(Utf8JsonWriter json)
    {
        Field(json, ScaleAnswers.PointsField, "Story point estimate", "number", "jsw-story-points");
        Field(json, ScaleAnswers.SprintField, "Sprint", "array", "gh-sprint");
        Field(json, ScaleAnswers.EpicField, "Epic Link", "any", "gh-epic-link");
    }

    private static void Field(Utf8JsonWriter json, string id, string name, string type, string custom)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteBoolean("custom", true);
        json.WriteStartObject("schema");
        json.WriteString("type", type);
        json.WriteString("custom", "com.pyxis.greenhopper.jira:" + custom);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void NoWork(Utf8JsonWriter json)
    {
        json.WriteStartArray("values");
        json.WriteEndArray();
        json.WriteNumber("since", 0);
        json.WriteNumber("until", 0);
        json.WriteBoolean("lastPage", true);
    }

    /// <summary>A list that fits into a page.</summary>
    private static void Page(Utf8JsonWriter json, IReadOnlyList<int> all, Action<Utf8JsonWriter, int> members)
    {
        json.WriteNumber("startAt", 0);
        json.WriteNumber("maxResults", 50);
        json.WriteNumber("total", all.Count);
        json.WriteBoolean("isLast", true);
        json.WriteStartArray("values");
        Each(json, all.Count, i => members(json, all[i]));
        json.WriteEndArray();
    }

    /// <summary>The one board of the project that is asked about; boards are numbered as projects are.</summary>
    private static int Board(HttpRequest request) => ScaleSite.ProjectKeys.ToList().IndexOf(request.Query["projectKeyOrId"].ToString());

    private static ScaleAnswer OfBoard(Match match, HttpRequest request)
    {
        var project = int.Parse(match.Groups["board"].Value, CultureInfo.InvariantCulture) - 1;
        if (match.Groups["part"].Value == "configuration")
            return Simple(ScaleAnswers.Configuration);
        var states = request.Query["state"].ToString().Split(',');
        List<int> sprints = [.. Enumerable.Range(0, ScaleSite.SprintsPerBoard).Where(s => states.Contains(ScaleSite.SprintState(s), StringComparer.Ordinal))];
        return Simple(w => Page(w, sprints, (json, sprint) => ScaleAnswers.Sprint(json, project, sprint)));
    }

    private static ScaleAnswer? Project(Match match)
    {
        var project = ScaleSite.ProjectKeys.ToList().IndexOf(match.Groups["key"].Value);
        return project < 0 ? null : match.Groups["rest"].Value == "" ? Simple(w => ScaleAnswers.Project(w, project)) : List(_ => { });
    }

    /// <summary>Pages of the cloud: a hundred issues with fields, thousands of ids.</summary>
    private ScaleAnswer SearchByToken(JsonElement body)
    {
        var idOnly = IsIdOnly(body);
        var size = Math.Min(Number(body, "maxResults") ?? 50, idOnly ? IdPageCap : PageCap);
        var begin = body.TryGetProperty("nextPageToken", out var token) ? int.Parse(token.GetString() ?? "", CultureInfo.InvariantCulture) : 0;
        return async (json, flush) =>
        {
            var found = new ScaleQuery(site, Jql(body)).From(begin).Take(size + 1).ToList();
            json.WriteStartObject();
            await IssuesAsync(json, flush, found.Take(size), idOnly, withHistories: false);
            if (found.Count > size)
                json.WriteString("nextPageToken", found[size].ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("isLast", found.Count <= size);
            json.WriteEndObject();
        };
    }

    /// <summary>Pages of Data Center, by position.</summary>
    private ScaleAnswer SearchByPosition(JsonElement body)
    {
        var size = Math.Min(Number(body, "maxResults") ?? 50, DataCenterCap);
        var start = Number(body, "startAt") ?? 0;
        var query = new ScaleQuery(site, Jql(body));
        return async (json, flush) =>
        {
            json.WriteStartObject();
            json.WriteNumber("startAt", start);
            json.WriteNumber("maxResults", size);
            json.WriteNumber("total", query.From(0).Count());
            await IssuesAsync(json, flush, query.From(0).Skip(start).Take(size), IsIdOnly(body), body.TryGetProperty("expand", out var expand) && expand.ToString().Contains("changelog", StringComparison.Ordinal));
            json.WriteEndObject();
        };
    }

    private ScaleAnswer Bulk(JsonElement body) => async (json, flush) =>
    {
        json.WriteStartObject();
        await IssuesAsync(json, flush, Ids(body).Take(PageCap), idOnly: false, withHistories: false);
        json.WriteEndObject();
    };

    private async Task IssuesAsync(Utf8JsonWriter json, Func<Task> flush, IEnumerable<int> issues, bool idOnly, bool withHistories)
    {
        json.WriteStartArray("issues");
        foreach (var issue in issues)
        {
            _answers.Issue(json, issue, idOnly, withHistories);
            await flush();
        }

        json.WriteEndArray();
    }

    /// <summary>Histories of many issues, ten thousand entries an answer; the token says where in the batch to go on.</summary>
    private ScaleAnswer Histories(JsonElement body) => async (json, flush) =>
    {
        var (first, skip) = Place(body);
        var left = Math.Min(Number(body, "maxResults") ?? 1000, HistoryCap);
        string? next = null;
        json.WriteStartObject();
        json.WriteStartArray("issueChangeLogs");
        foreach (var issue in Ids(body).Order().SkipWhile(i => i < first))
        {
            var begin = issue == first ? skip : 0;
            var end = Math.Min(ScaleSite.Length(issue), begin + left);
            WriteHistories(json, issue, begin, end);
            left -= end - begin;
            next = end < ScaleSite.Length(issue) ? string.Create(CultureInfo.InvariantCulture, $"{issue}/{end}") : null;
            await flush();
            if (next is not null)
                break;
        }

        json.WriteEndArray();
        if (next is not null)
            json.WriteString("nextPageToken", next);
        json.WriteEndObject();
    };

    private void WriteHistories(Utf8JsonWriter json, int issue, int begin, int end)
    {
        json.WriteStartObject();
        json.WriteString("issueId", ScaleSite.Id(issue).ToString(CultureInfo.InvariantCulture));
        json.WriteStartArray("changeHistories");
        for (var entry = begin; entry < end; entry++)
            _answers.History(json, issue, entry);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (int Issue, int Entry) Place(JsonElement body)
    {
        if (!body.TryGetProperty("nextPageToken", out var token) || token.GetString()?.Split('/') is not [var issue, var entry])
            return (-1, 0);
        return (int.Parse(issue, CultureInfo.InvariantCulture), int.Parse(entry, CultureInfo.InvariantCulture));
    }

    private IEnumerable<int> Ids(JsonElement body) => body.GetProperty("issueIdsOrKeys").EnumerateArray()
        .Select(e => site.Number(int.Parse(e.ToString(), CultureInfo.InvariantCulture))).OfType<int>();

    private static bool IsIdOnly(JsonElement body) => body.TryGetProperty("fields", out var fields) && fields.GetArrayLength() == 1 && fields[0].GetString() == "id";

    private static string Jql(JsonElement body) => body.GetProperty("jql").GetString() ?? "";

    private static int? Number(JsonElement body, string name) => body.TryGetProperty(name, out var number) ? number.GetInt32() : null;

    [GeneratedRegex("^/rest/(api/\\d|agile/1\\.0)/", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ApiPattern();

    [GeneratedRegex("^board/(?<board>\\d+)/(?<part>configuration|sprint)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BoardPattern();

    [GeneratedRegex("^project/(?<key>[^/]+)(?<rest>/versions)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectPattern();
}
