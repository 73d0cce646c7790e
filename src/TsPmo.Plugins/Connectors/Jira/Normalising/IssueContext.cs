using System.Text.Json;
using TsPmo.Model.Facts;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>What the connector knew when it read a page of issues: which fields mean what here, addresses, ids of epics.</summary>
internal sealed class IssueContext
{
    private readonly JsonElement _names;
    private Dictionary<string, string[]>? _idsByName;

    private IssueContext(JsonElement context)
    {
        BrowseBase = context.Text("browse") ?? "";
        Sprint = Texts(context, "sprint");
        EpicLink = Texts(context, "epicLink");
        Flagged = Texts(context, "flagged");
        Points = Texts(context, "points");
        Dates = Texts(context, "dates");
        _names = context.Member("names");
        Epics = context.Member("epics");
        Projects = context.Member("projects");
    }

    public string BrowseBase { get; }
    public IReadOnlyList<string> Sprint { get; }
    public IReadOnlyList<string> EpicLink { get; }
    public IReadOnlyList<string> Flagged { get; }
    public IReadOnlyList<string> Points { get; }
    public IReadOnlyList<string> Dates { get; }
    private JsonElement Epics { get; }
    private JsonElement Projects { get; }

    public static IssueContext Read(JsonElement context) => new(context);

    /// <summary>The context as it goes with the records.</summary>
    public static JsonElement Write(FieldCatalogue fields, string browseBase, IReadOnlyDictionary<string, string> epics, IReadOnlyDictionary<string, string> projects) => JiraJson.Build(w =>
    {
        w.WriteStartObject();
        w.WriteString("browse", browseBase);
        WriteList(w, "sprint", fields.Sprint);
        WriteList(w, "epicLink", fields.EpicLink);
        WriteList(w, "flagged", fields.Flagged);
        WriteList(w, "points", fields.Candidates.Where(c => c.Role == FieldRole.Roles.Points).Select(c => c.Id));
        WriteList(w, "dates", fields.Candidates.Where(c => c.Role != FieldRole.Roles.Points).Select(c => c.Id).Distinct(StringComparer.Ordinal));
        w.WriteStartObject("names");
        foreach (var (name, ids) in fields.IdsByName)
            WriteList(w, name, ids);
        w.WriteEndObject();
        WriteMap(w, "epics", epics);
        WriteMap(w, "projects", projects);
        w.WriteEndObject();
    });

    /// <summary>Ids of the custom fields of a name: histories of Data Center tell names only. A site has hundreds, so they are looked through when somebody asks.</summary>
    public IReadOnlyList<string> IdsOf(string name) => (_idsByName ??= IdsByName()).GetValueOrDefault(name) ?? [];

    /// <summary>Id of the epic of a key; null where it is not known.</summary>
    public string? Epic(string? key) => key is null ? null : Epics.Text(key);

    /// <summary>Key of the project of an id; null where it is not known.</summary>
    public string? Project(string? id) => id is null ? null : Projects.Text(id);

    private Dictionary<string, string[]> IdsByName()
    {
        var ids = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in _names.ValueKind == JsonValueKind.Object ? _names.EnumerateObject() : default)
            ids[name.Name] = [.. name.Value.Items().Select(i => i.Text()).OfType<string>()];
        return ids;
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static List<string> Texts(JsonElement context, string name) => [.. context.Items(name).Select(i => i.Text()).OfType<string>()];
}
