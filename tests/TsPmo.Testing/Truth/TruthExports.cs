using System.Globalization;
using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>
/// What the exports should hold, computed from the sandbox's log of acts alone. It shares no code with the product: a second, plain
/// reading of the outside's definitions.
/// </summary>
public sealed class TruthExports
{
    private readonly TruthLog _log;
    private readonly TruthSettings _settings;
    private readonly TruthPeople _people;
    private readonly TruthSight _sight;
    private readonly Dictionary<(string Tracker, string Id), TruthItem> _items = [];
    private readonly Dictionary<(string Tracker, string Id), JsonObject> _sprints = [];
    private readonly Dictionary<(string Tracker, string Key), JsonObject> _projects = [];

    public TruthExports(TruthLog log, TruthSettings settings)
    {
        _sight = new TruthSight(log, settings);
        _log = log.Where(Seen);
        (_settings, _people) = (settings, new TruthPeople(log));
        foreach (var act in _log.Acts)
            Take(act);
        foreach (var item in _items.Values)
            item.Vanish(_sight.Of(item.Tracker, item.Id));
    }

    /// <summary>
    /// Gives a row of an export the instant that is expected of it where the truth leaves several open: an item's going is known by when it was missed, and the
    /// edit that hid an item by whether it was read anew since.
    /// </summary>
    public void Settle(string kind, JsonObject row)
    {
        if (kind == "changes" && (string?)row["field"] == "deleted" && TruthLog.Instant(row["at"]) is { } at)
        {
            var span = _sight.Of((string)row["connector"]!, (string)row["id"]!).FirstOrDefault(d => d.IsGone == (bool)row["to"]! && d.After <= at && at <= d.Until);
            row["at"] = span is null ? row["at"]?.DeepClone() : TruthLog.Text(span.Until);
        }

        if (kind == "work-items" && _items.TryGetValue(((string)row["connector"]!, (string)row["id"]!), out var item)
            && TruthLog.Instant(row["updated"]) < item.Updated && _sight.IsVeiled(item.Tracker, item.Id, item.Updated))
        {
            row["updated"] = TruthLog.Text(item.Updated);
        }
    }

    /// <summary>The rows of an export kind, in no particular order.</summary>
    public IReadOnlyList<JsonObject> Rows(string kind) => [.. kind switch
    {
        "work-items" => _items.Values.Select(WorkItem),
        "changes" => _items.Values.SelectMany(Changes),
        "sprints" => _sprints.Select(s => Sprint(s.Key.Tracker, s.Key.Id, s.Value)),
        "milestones" => Latest("version").Select(Milestone),
        "deployments" => Latest("deployment").Select(Deployment),
        "people" => _people.Rows(_log),
        "time-entries" => TimeEntries(),
        "capacities" => Latest("capacity", "team", "sprint").SelectMany(Capacities),
        "links" => Links(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    }];

    private void Take(JsonObject act)
    {
        var tracker = (string)act["tracker"]!;
        switch ((string)act["act"]!)
        {
            case "project": _projects[(tracker, (string)act["key"]!)] = act; break;
            case "sprint": _sprints[(tracker, (string)act["id"]!)] = act; break;
            case "item-created": _items[(tracker, (string)act["id"]!)] = new TruthItem(tracker, act); break;
            case "item-changed" or "work-logged" or "work-removed": _items[(tracker, (string)act["id"]!)].Apply(act); break;
            case "item-deleted" when !_sight.IsSilent(tracker, "item-deleted"): _items[(tracker, (string)act["id"]!)].Delete(act); break;
            case "item-restored": _items[(tracker, (string)act["id"]!)].Restore(act); break;
            case "item-destroyed" when !_sight.IsSilent(tracker, "item-destroyed"): _items[(tracker, (string)act["id"]!)].Destroy(); break;
            case "link" or "link-removed" or "item-hidden" or "item-shown": Touch(tracker, act); break;
            case "status-renamed":
                foreach (var item in _items.Values.Where(i => i.Tracker == tracker))
                    item.Rename((string)act["from"]!, (string)act["to"]!);
                break;
        }
    }

    private void Touch(string tracker, JsonObject act)
    {
        var at = TruthLog.Instant(act["at"])!.Value;
        foreach (var id in act["touched"]!.AsArray().Select(t => (string)t!).Where(id => _sight.Saw(tracker, id, at)))
            _items[(tracker, id)].Touch(at);
    }

    /// <summary>Whether an act is one that a reader can know of: what happened to an item between its last sight and its end is lost with it.</summary>
    private bool Seen(JsonObject act) =>
        (string)act["act"]! is var kind
        && (kind is not ("item-created" or "item-changed" or "item-deleted" or "item-restored" or "item-destroyed" or "work-logged" or "work-removed")
            || ((string)act["tracker"]! is var tracker && !_sight.IsSilent(tracker, kind) && _sight.Saw(tracker, (string)act["id"]!, TruthLog.Instant(act["at"])!.Value)));

    private JsonObject WorkItem(TruthItem item)
    {
        var values = item.Values;
        var project = (string)values["project"]!;
        return new JsonObject
        {
            ["connector"] = item.Tracker, ["id"] = item.Id, ["key"] = item.Key, ["url"] = Url(item, project), ["project"] = project,
            ["portfolioProjects"] = Array(_settings.PortfolioProjects(item.Tracker, project, (string?)values["team"])),
            ["type"] = values["type"]?.DeepClone(), ["sourceType"] = values["sourceType"]?.DeepClone(), ["title"] = values["title"]?.DeepClone(),
            ["status"] = values["status"]?.DeepClone(), ["state"] = values["state"]?.DeepClone(),
            ["created"] = TruthLog.Text(item.Created), ["updated"] = TruthLog.Text(item.Updated),
            ["firstStarted"] = TruthLog.Text(FirstStarted(item)), ["lastDone"] = TruthLog.Text(LastDone(item)),
            ["reporter"] = _people.Id(item.Tracker, (string?)values["reporter"] ?? item.Author), ["assignee"] = _people.Id(item.Tracker, (string?)values["assignee"]),
            ["points"] = values["points"]?.DeepClone(), ["estimateHours"] = values["estimateHours"]?.DeepClone(),
            ["remainingHours"] = values["remainingHours"]?.DeepClone(), ["spentHours"] = values["spentHours"]?.DeepClone(),
            ["plannedStart"] = values["plannedStart"]?.DeepClone(), ["plannedFinish"] = values["plannedFinish"]?.DeepClone(),
            ["parent"] = values["parent"]?.DeepClone(), ["sprints"] = Array(Sprints(item)), ["milestones"] = values["milestones"]?.DeepClone(),
            ["labels"] = Array(Labels(item.Tracker, values["project"], values["labels"], values["blocked"])), ["priority"] = values["priority"]?.DeepClone(),
            ["blocked"] = values["blocked"]?.DeepClone(), ["deleted"] = item.Deleted,
        };
    }

    private string Url(TruthItem item, string project) => _settings.ChangelogTrackers.Contains(item.Tracker)
        ? $"{_settings.BaseUrls[item.Tracker]}/browse/{item.Key}"
        : $"{_settings.BaseUrls[item.Tracker]}/{Uri.EscapeDataString(project)}/_workitems/edit/{item.Id}";

    private static DateTimeOffset? FirstStarted(TruthItem item) =>
        item.Over("state").Where(v => (string?)v.Value == "InProgress").Select(v => (DateTimeOffset?)v.At).FirstOrDefault();

    private static DateTimeOffset? LastDone(TruthItem item) => (string?)item.Values["state"] != "Done"
        ? null
        : item.Changes.Where(c => c.Field == "state" && (string?)c.To == "Done").Select(c => (DateTimeOffset?)c.At).LastOrDefault();

    /// <summary>Every sprint the item is in, or was in when that sprint closed.</summary>
    private IReadOnlyList<string> Sprints(TruthItem item)
    {
        var now = Strings(item.Values["sprints"]);
        var seen = item.Over("sprints").SelectMany(v => Strings(v.Value)).Distinct(StringComparer.Ordinal);
        var closedWith = seen.Where(id => Closed(item.Tracker, id) is { } at && at >= item.Created && Strings(item.At("sprints", at)).Contains(id, StringComparer.Ordinal));
        return [.. now.Concat(closedWith).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private DateTimeOffset? Closed(string tracker, string sprintId) => TruthLog.Instant(Sprint(tracker, sprintId, _sprints[(tracker, sprintId)])["completed"]);

    // A tag that says blocked is a tag like any other where the process has no field for it.
    private IReadOnlyList<string> Labels(string tracker, JsonNode? project, JsonNode? labels, JsonNode? blocked)
    {
        var own = Strings(labels);
        return TagsBlocked(tracker, project) && (bool?)blocked == true ? [.. own.Append("Blocked").Order(StringComparer.Ordinal)] : own;
    }

    private IReadOnlyList<string> LabelsAt(TruthItem item, DateTimeOffset instant) =>
        Labels(item.Tracker, item.At("project", instant), item.At("labels", instant), item.At("blocked", instant));

    private bool TagsBlocked(string tracker, JsonNode? project) =>
        !_settings.ChangelogTrackers.Contains(tracker) && (string?)_projects[(tracker, (string)project!)]["process"] != "CMMI";

    private IEnumerable<JsonObject> Changes(TruthItem item)
    {
        var changes = _settings.ChangelogTrackers.Contains(item.Tracker) ? item.Changes : WithTags(item);
        return changes.Select(change => new JsonObject
        {
            ["connector"] = item.Tracker, ["id"] = item.Id, ["at"] = TruthLog.Text(change.At), ["author"] = _people.Id(item.Tracker, change.Author),
            ["field"] = change.Field,
            ["from"] = Value(item.Tracker, change.Field, change.From), ["to"] = Value(item.Tracker, change.Field, change.To),
        });
    }

    private IEnumerable<TruthChange> WithTags(TruthItem item)
    {
        foreach (var group in item.Changes.GroupBy(c => c.At))
        {
            foreach (var change in group.Where(c => c.Field != "labels"))
                yield return change;
            if (!group.Any(c => c.Field is "labels" or "blocked" or "project"))
                continue;
            var (from, to) = (LabelsAt(item, group.Key.AddTicks(-1)), LabelsAt(item, group.Key));
            if (!from.SequenceEqual(to, StringComparer.Ordinal))
                yield return new(group.Key, group.First().Author, "labels", Array(from), Array(to));
        }
    }

    private JsonNode? Value(string tracker, string field, JsonNode? value) =>
        field == "assignee" ? _people.Id(tracker, (string?)value) : value?.DeepClone();

    private JsonObject Sprint(string tracker, string id, JsonObject sprint) =>
        _settings.ChangelogTrackers.Contains(tracker) ? BoardSprint(tracker, id, sprint) : Iteration(tracker, id, sprint);

    private JsonObject BoardSprint(string tracker, string id, JsonObject sprint) => new()
    {
        ["connector"] = tracker, ["id"] = id, ["name"] = (string?)sprint["name"], ["goal"] = (string?)sprint["goal"], ["state"] = (string?)sprint["state"],
        ["start"] = (_settings.ActivationTrackers.Contains(tracker) ? (string?)sprint["activated"] : null) ?? (string?)sprint["start"], ["end"] = (string?)sprint["end"], ["completed"] = (string?)sprint["completed"],
    };

    private JsonObject Iteration(string tracker, string id, JsonObject sprint)
    {
        var start = TruthLog.Instant(sprint["start"]) is { } first ? Midnight(first) : (DateTimeOffset?)null;
        var end = TruthLog.Instant(sprint["end"]) is { } last ? Midnight(last.AddDays(1)) : (DateTimeOffset?)null;
        var state = start is null || end is null || _settings.Now < start ? "future" : _settings.Now < end ? "active" : "closed";
        return new JsonObject
        {
            ["connector"] = tracker, ["id"] = id, ["name"] = (string?)sprint["name"],
            ["boardOrTeam"] = Strings(sprint["teams"]) is { Count: > 0 } teams ? string.Join(", ", teams) : null,
            ["goal"] = null, ["state"] = state, ["start"] = TruthLog.Text(start), ["end"] = TruthLog.Text(end),
            ["completed"] = state == "closed" ? TruthLog.Text(end) : null,
        };
    }

    /// <summary>Midnight in the PMO's zone of the day written in UTC.</summary>
    private DateTimeOffset Midnight(DateTimeOffset day)
    {
        var local = DateTime.SpecifyKind(day.UtcDateTime.Date, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, _settings.Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // A version has one date: once it is released, the day it was released.
    private static JsonObject Milestone(JsonObject version) => new()
    {
        ["connector"] = (string?)version["tracker"], ["id"] = (string?)version["id"], ["project"] = (string?)version["project"], ["name"] = (string?)version["name"],
        ["kind"] = "version", ["start"] = (string?)version["start"], ["date"] = (bool)version["released"]! ? (string?)version["releasedOn"] : (string?)version["date"], ["released"] = (bool)version["released"]!,
        ["releasedAt"] = (bool)version["released"]! ? (string?)version["releasedOn"] : null,
    };

    private static JsonObject Deployment(JsonObject deployment) => new()
    {
        ["connector"] = (string?)deployment["tracker"], ["id"] = (string?)deployment["id"], ["project"] = (string?)deployment["project"],
        ["environment"] = (string?)deployment["environment"],
        ["environmentKind"] = ((string)deployment["environment"]!).StartsWith("prod", StringComparison.OrdinalIgnoreCase) ? "production" : "other",
        ["pipeline"] = (string?)deployment["pipeline"], ["source"] = (string?)deployment["source"], ["result"] = (string?)deployment["result"],
        ["startedAt"] = (string?)deployment["startedAt"], ["finishedAt"] = (string?)deployment["finishedAt"], ["revision"] = (string?)deployment["revision"],
    };

    private IEnumerable<JsonObject> TimeEntries()
    {
        var removed = _log.Of("work-removed").Select(w => ((string)w["tracker"]!, (string)w["entry"]!)).ToHashSet();
        return _log.Of("work-logged")
            .Where(w => !removed.Contains(((string)w["tracker"]!, (string)w["entry"]!)) && !_items[((string)w["tracker"]!, (string)w["id"]!)].Deleted)
            .Select(TimeEntry);
    }

    private JsonObject TimeEntry(JsonObject work)
    {
        var tracker = (string)work["tracker"]!;
        var day = _settings.ChangelogTrackers.Contains(tracker)
            ? (string)work["date"]!
            : TimeZoneInfo.ConvertTime(TruthLog.Instant(work["at"])!.Value, _settings.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["connector"] = tracker, ["id"] = (string?)work["entry"], ["workItem"] = (string?)work["id"],
            ["person"] = _people.Id(tracker, (string?)work["author"]), ["date"] = day, ["hours"] = work["hours"]!.DeepClone(),
        };
    }

    private IEnumerable<JsonObject> Capacities(JsonObject capacity)
    {
        var team = Days(capacity["teamDaysOff"]);
        return capacity["rows"]!.AsArray().Select(row => new JsonObject
        {
            ["connector"] = (string?)capacity["tracker"], ["team"] = (string?)capacity["team"], ["sprint"] = (string?)capacity["sprint"],
            ["person"] = _people.Id((string)capacity["tracker"]!, (string?)row!["account"]),
            ["hoursPerDay"] = row["activities"]!.AsArray().Sum(a => (decimal)a!["hoursPerDay"]!),
            ["daysOff"] = Array([.. team.Concat(Days(row["daysOff"])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
        });
    }

    private static IReadOnlyList<string> Days(JsonNode? ranges)
    {
        var days = new List<string>();
        foreach (var range in ranges!.AsArray())
        {
            var last = DateOnly.ParseExact((string)range!["last"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            for (var day = DateOnly.ParseExact((string)range["first"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture); day <= last; day = day.AddDays(1))
                days.Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        return days;
    }

    private IEnumerable<JsonObject> Links()
    {
        var rows = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var act in _log.Acts.Where(a => (string?)a["act"] is "link" or "link-removed"))
        {
            var row = Link(act);
            var key = row.ToJsonString();
            if ((string?)act["act"] == "link")
                rows[key] = row;
            else
                rows.Remove(key);
        }

        var parents = _items.Values.Where(i => i.Values["parent"] is not null)
            .Select(i => Link(i.Tracker, i.Id, "parent", i.Tracker, (string)i.Values["parent"]!));
        return rows.Values.Concat(parents).Where(BothEndsLive);
    }

    private JsonObject Link(JsonObject act)
    {
        var (tracker, kind) = ((string)act["tracker"]!, (string)act["kind"]!);
        // Trackers without a link type for causes relate the two.
        if (kind == "caused-by" && !_settings.ChangelogTrackers.Contains(tracker))
            kind = "relates";
        var to = ((string)act["to"]!).Split(':', 2);
        var from = new[] { tracker, (string)act["from"]! };
        if (kind == "relates" && string.CompareOrdinal(string.Join(':', from), string.Join(':', to)) > 0)
            (from, to) = (to, from);
        return Link(from[0], from[1], kind, to[0], to[1]);
    }

    private static JsonObject Link(string fromTracker, string from, string kind, string toTracker, string to) => new()
    {
        ["fromConnector"] = fromTracker, ["fromId"] = from, ["kind"] = kind, ["toConnector"] = toTracker, ["toId"] = to,
    };

    private bool BothEndsLive(JsonObject link) =>
        _items.TryGetValue(((string)link["fromConnector"]!, (string)link["fromId"]!), out var from) && !from.Deleted
        && _items.TryGetValue(((string)link["toConnector"]!, (string)link["toId"]!), out var to) && !to.Deleted;

    /// <summary>The last line of each identity.</summary>
    private IEnumerable<JsonObject> Latest(string act, params string[] identity)
    {
        var names = identity is [] ? ["id"] : identity;
        return _log.Of(act).GroupBy(a => string.Join('\n', names.Prepend("tracker").Select(n => (string?)a[n]))).Select(g => g.Last());
    }

    private static IReadOnlyList<string> Strings(JsonNode? list) => list is null ? [] : [.. list.AsArray().Select(e => (string)e!)];

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);
}
