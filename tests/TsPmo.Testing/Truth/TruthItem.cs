using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>One item as the truth tells it: its values now and the rows of its changes.</summary>
internal sealed class TruthItem(string tracker, JsonObject created)
{
    /// <summary>Fields that the changes export lists.</summary>
    private static readonly HashSet<string> Listed = new(StringComparer.Ordinal)
    {
        "status", "state", "type", "project", "parent", "assignee", "points", "estimateHours", "remainingHours", "sprints", "milestones",
        "plannedStart", "plannedFinish", "priority", "labels", "blocked",
    };

    public string Tracker => tracker;

    public string Id { get; } = (string)created["id"]!;

    public string Key { get; private set; } = (string)created["key"]!;

    public JsonObject Values { get; } = created["values"]!.DeepClone().AsObject();

    public JsonObject AtCreation { get; } = created["values"]!.DeepClone().AsObject();

    public string Author { get; } = (string)created["author"]!;

    public DateTimeOffset Created { get; } = TruthLog.Instant(created["at"])!.Value;

    public DateTimeOffset Updated { get; private set; } = TruthLog.Instant(created["at"])!.Value;

    public bool Deleted { get; private set; }

    public List<TruthChange> Changes { get; } = [];

    public void Apply(JsonObject act)
    {
        var at = TruthLog.Instant(act["at"])!.Value;
        Touch(at);
        Key = (string?)act["key"] ?? Key;
        foreach (var edit in act["edits"]!.AsArray().Select(e => e!.AsObject()))
        {
            var field = (string)edit["field"]!;
            Values[field] = edit["to"]?.DeepClone();
            if (Listed.Contains(field))
                Changes.Add(new(at, (string?)act["author"], field, edit["from"]?.DeepClone(), edit["to"]?.DeepClone()));
        }
    }

    public void Delete(JsonObject act)
    {
        var at = TruthLog.Instant(act["at"])!.Value;
        Touch(at);
        Deleted = true;
        Changes.Add(new(at, (string?)act["author"], "deleted", JsonValue.Create(false), JsonValue.Create(true)));
    }

    public void Restore(JsonObject act)
    {
        var at = TruthLog.Instant(act["at"])!.Value;
        Touch(at);
        Deleted = false;
        Changes.Add(new(at, (string?)act["author"], "deleted", JsonValue.Create(true), JsonValue.Create(false)));
    }

    /// <summary>It is gone, and nothing tells when or by whom.</summary>
    public void Destroy() => Deleted = true;

    /// <summary>Takes down when it was found gone and found again; nobody can say when it went or who did it.</summary>
    public void Vanish(IReadOnlyList<Disappearance> disappearances)
    {
        if (disappearances is [])
            return;
        foreach (var found in disappearances)
            Changes.Add(new(found.Until, null, "deleted", JsonValue.Create(!found.IsGone), JsonValue.Create(found.IsGone)));
        Deleted = (bool)Changes.Where(c => c.Field == "deleted").MaxBy(c => c.At)!.To!;
    }

    /// <summary>Gives it the new name of the status it has; what was said of it before stays said.</summary>
    public void Rename(string from, string to)
    {
        if ((string?)Values["status"] == from)
            Values["status"] = to;
    }

    public void Touch(DateTimeOffset at)
    {
        if (at > Updated)
            Updated = at;
    }

    /// <summary>Values a field had over time, oldest first, the creation's first.</summary>
    public IEnumerable<(DateTimeOffset At, JsonNode? Value)> Over(string field)
    {
        yield return (Created, AtCreation[field]);
        foreach (var change in Changes.Where(c => c.Field == field))
            yield return (change.At, change.To);
    }

    public JsonNode? At(string field, DateTimeOffset instant) => Over(field).Last(v => v.At <= instant || v.At == Created).Value;
}

internal sealed record TruthChange(DateTimeOffset At, string? Author, string Field, JsonNode? From, JsonNode? To);
