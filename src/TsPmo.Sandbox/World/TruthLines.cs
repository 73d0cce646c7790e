using System.Text.Json;

namespace TsPmo.Sandbox.World;

/// <summary>The members of each kind of line of the truth log, after <c>act</c>, <c>tracker</c> and <c>at</c>.</summary>
internal static class TruthLines
{
    private static readonly ItemField[] Fields = Enum.GetValues<ItemField>();

    public static void Person(Utf8JsonWriter json, string account, PersonSpec person)
    {
        json.WriteString("account", account);
        json.WriteString("displayName", person.DisplayName);
        json.WriteString("email", person.Email);
        json.WriteBoolean("emailHidden", person.EmailHidden);
    }

    public static void Project(Utf8JsonWriter json, ProjectSpec project)
    {
        json.WriteString("key", project.Key);
        json.WriteString("name", project.Name);
        json.WriteString("style", project.Style);
        json.WriteString("process", project.Process);
        TruthFields.Value(json, "teams", project.Teams ?? []);
        json.WriteStartArray("types");
        foreach (var type in project.Types) Type(json, type);
        json.WriteEndArray();
    }

    public static void Renamed(Utf8JsonWriter json, string from, string to)
    {
        json.WriteString("from", from);
        json.WriteString("to", to);
    }

    /// <summary>Who hides an item is not told: nobody who can see the item sees it happen.</summary>
    public static void Sight(Utf8JsonWriter json, string id, HidingWay by)
    {
        json.WriteString("id", id);
        TruthFields.Value(json, "touched", by == HidingWay.SecurityLevel ? [id] : Array.Empty<string>());
    }

    public static void Sprint(Utf8JsonWriter json, string id, SprintSpec sprint)
    {
        json.WriteString("id", id);
        json.WriteString("project", sprint.Project);
        json.WriteString("name", sprint.Name);
        json.WriteString("goal", sprint.Goal);
        json.WriteString("state", sprint.State);
        TruthFields.Instant(json, "start", sprint.Start);
        TruthFields.Instant(json, "end", sprint.End);
        TruthFields.Instant(json, "activated", sprint.Activated);
        TruthFields.Instant(json, "completed", sprint.Completed);
        TruthFields.Value(json, "teams", sprint.Teams ?? []);
    }

    public static void Version(Utf8JsonWriter json, string id, VersionSpec version)
    {
        json.WriteString("id", id);
        json.WriteString("project", version.Project);
        json.WriteString("name", version.Name);
        TruthFields.Value(json, "start", version.Start);
        TruthFields.Value(json, "date", version.Date);
        json.WriteBoolean("released", version.Released);
        TruthFields.Value(json, "releasedOn", version.ReleasedOn);
    }

    public static void Author(Utf8JsonWriter json, string author, string id)
    {
        json.WriteString("author", author);
        json.WriteString("id", id);
    }

    public static void Created(Utf8JsonWriter json, string author, LiveItem item)
    {
        Author(json, author, item.Id);
        json.WriteString("key", item.Key);
        json.WriteStartObject("values");
        json.WriteString("type", item.Type.Kind);
        json.WriteString("state", item.State.ToString());
        json.WriteString("reporter", item.Spec.Reporter);
        foreach (var field in Fields) TruthFields.Value(json, TruthFields.Name(field), LiveItem.Read(item.Spec, field));
        json.WriteEndObject();
    }

    public static void Changed(Utf8JsonWriter json, string author, LiveItem item, ItemSpec before, string kind, TruthState state, IReadOnlyList<ItemEdit> edits)
    {
        Author(json, author, item.Id);
        json.WriteString("key", item.Key);
        json.WriteStartArray("edits");
        foreach (var edit in edits) Edit(json, TruthFields.Name(edit.Field), LiveItem.Read(before, edit.Field), edit.Value);
        if (kind != item.Type.Kind) Edit(json, "type", kind, item.Type.Kind);
        if (state != item.State) Edit(json, "state", state.ToString(), item.State.ToString());
        json.WriteEndArray();
    }

    public static void Work(
        Utf8JsonWriter json, string author, LiveItem item, string entry, DateTimeOffset? started, DateOnly? day, double hours, double? spent, double? remaining)
    {
        Author(json, author, item.Id);
        json.WriteString("entry", entry);
        TruthFields.Instant(json, "started", started);
        TruthFields.Value(json, "date", day);
        json.WriteNumber("hours", hours);
        json.WriteStartArray("edits");
        Edit(json, "spentHours", spent, item.SpentHours);
        if (!Equals(remaining, item.Spec.RemainingHours)) Edit(json, "remainingHours", remaining, item.Spec.RemainingHours);
        json.WriteEndArray();
    }

    public static void Link(Utf8JsonWriter json, string author, LinkSpec link, string target)
    {
        json.WriteString("author", author);
        json.WriteString("from", link.FromId);
        json.WriteString("kind", link.Kind);
        json.WriteString("to", target);
        TruthFields.Value(json, "touched", link.ToId is { } other ? [link.FromId, other] : new[] { link.FromId });
    }

    public static void Deployment(Utf8JsonWriter json, string id, DeploymentSpec deployment, ChangeSpec change)
    {
        json.WriteString("id", id);
        json.WriteString("project", deployment.Project);
        json.WriteString("environment", deployment.Environment);
        json.WriteString("pipeline", deployment.Pipeline);
        json.WriteString("source", deployment.Source);
        json.WriteString("result", deployment.Result);
        TruthFields.Instant(json, "startedAt", deployment.StartedAt);
        TruthFields.Instant(json, "finishedAt", deployment.FinishedAt);
        json.WriteString("revision", deployment.Revision);
        json.WriteStartArray("attempts");
        foreach (var attempt in deployment.Attempts ?? [])
        {
            json.WriteStartObject();
            json.WriteString("result", attempt.Result);
            TruthFields.Instant(json, "startedAt", attempt.StartedAt);
            TruthFields.Instant(json, "finishedAt", attempt.FinishedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        TruthFields.Instant(json, "mergedAt", change.MergedAt);
        json.WriteStartArray("commits");
        foreach (var commit in change.Commits)
        {
            json.WriteStartObject();
            json.WriteString("revision", commit.Revision);
            TruthFields.Instant(json, "at", commit.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("workItems");
        foreach (var item in change.WorkItems)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }

    public static void Capacity(Utf8JsonWriter json, CapacitySpec capacity)
    {
        json.WriteString("project", capacity.Project);
        json.WriteString("team", capacity.Team);
        json.WriteString("sprint", capacity.SprintId);
        Days(json, "teamDaysOff", capacity.TeamDaysOff);
        json.WriteStartArray("rows");
        foreach (var row in capacity.Rows) Row(json, row);
        json.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter json, CapacityRow row)
    {
        json.WriteStartObject();
        json.WriteString("account", row.Account);
        json.WriteStartArray("activities");
        foreach (var (activity, hours) in row.Activities)
        {
            json.WriteStartObject();
            json.WriteString("activity", activity);
            json.WriteNumber("hoursPerDay", hours);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Days(json, "daysOff", row.DaysOff);
        json.WriteEndObject();
    }

    private static void Days(Utf8JsonWriter json, string name, IReadOnlyList<DateRange> ranges)
    {
        json.WriteStartArray(name);
        foreach (var range in ranges)
        {
            json.WriteStartObject();
            json.WriteString("first", TruthFields.Day(range.First));
            json.WriteString("last", TruthFields.Day(range.Last));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Type(Utf8JsonWriter json, TypeSpec type)
    {
        json.WriteStartObject();
        json.WriteString("name", type.Name);
        json.WriteString("kind", type.Kind);
        json.WriteStartArray("workflow");
        foreach (var status in type.Workflow)
        {
            json.WriteStartObject();
            json.WriteString("name", status.Name);
            json.WriteString("state", status.State.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Edit(Utf8JsonWriter json, string field, object? from, object? to)
    {
        json.WriteStartObject();
        json.WriteString("field", field);
        TruthFields.Value(json, "from", from);
        TruthFields.Value(json, "to", to);
        json.WriteEndObject();
    }
}
