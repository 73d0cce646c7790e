using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Fields;

/// <summary>The fields of one issue's edit screen, by id or by name, and what they can hold: told by their schema, never guessed from a text.</summary>
/// <param name="issue">The issue.</param>
/// <param name="isCloud">Whether long texts are documents.</param>
/// <param name="meta">The answer that describes the screen.</param>
internal sealed class EditableFields(string issue, bool isCloud, JsonElement meta)
{
    private const int LongestLine = 255;
    private const int LongestProse = 30_000;
    private const int LongestValue = 32_767;
    private const string Option = "option";

    /// <summary>What the fields should hold by id, or why they cannot.</summary>
    public (IReadOnlyDictionary<string, string?> Values, Problem? Problem) Fill(IReadOnlyDictionary<string, FieldContent> wanted)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, content) in wanted.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            var found = Named(name);
            if (found.Count != 1)
                return (values, found.Count == 0 ? NotOnScreen(name) : Ambiguous(name, found));
            var field = found[0].Value;
            var shape = Shape(found[0]);
            if ((shape.Refuses($"issue {issue}", content) ?? NoChoice(shape, field, content)) is { } refusal)
                return (values, refusal);
            if (!values.TryAdd(shape.Id, Value(shape, field, content)))
                return (values, Twice(name, shape));
        }

        return (values, null);
    }

    /// <summary>The field of that id, else all of that name.</summary>
    private List<JsonProperty> Named(string name)
    {
        var fields = meta.Member("fields") is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().ToList() : [];
        var byId = fields.FindAll(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return byId.Count > 0 ? byId : fields.FindAll(f => string.Equals(f.Value.Text("name"), name, StringComparison.OrdinalIgnoreCase));
    }

    private static FieldShape Shape(JsonProperty field)
    {
        var schema = field.Value.Member("schema");
        var type = schema.Text("type") ?? "";
        var mayBeSet = field.Value.Items("operations").Any(o => o.Text() == "set");
        return new(field.Name, field.Value.Text("name") ?? field.Name, mayBeSet ? KindOf(type, schema) : FieldKind.Other, schema.Text("items") is { } items ? $"{type} of {items}" : type);
    }

    private static FieldKind KindOf(string type, JsonElement schema) => type switch
    {
        "string" when IsLong(schema) => FieldKind.Prose,
        "string" when schema.Text("custom")?.EndsWith(":url", StringComparison.Ordinal) != true => FieldKind.Line,
        "number" => FieldKind.Number,
        "date" or "datetime" => FieldKind.Day,
        Option => FieldKind.Choice,
        "array" when schema.Text("items") == Option => FieldKind.Choice,
        _ => FieldKind.Other,
    };

    private static bool IsLong(JsonElement schema) =>
        schema.Text("system") is "description" or "environment" || schema.Text("custom")?.EndsWith(":textarea", StringComparison.Ordinal) == true;

    /// <summary>The value as JSON; null empties the field.</summary>
    private string? Value(FieldShape shape, JsonElement field, FieldContent content) => shape.Kind switch
    {
        FieldKind.Number => shape.Figure(content),
        FieldKind.Day => shape.Figure(content) is { } day ? FieldText.Quoted(field.Member("schema").Text("type") == "date" ? day : $"{day}T00:00:00.000+0000") : null,
        FieldKind.Choice => Chosen(field, content) is { } option ? FieldText.Choice(option, isList: field.Member("schema").Text("type") != Option) : null,
        FieldKind.Prose => PlainText.Fitting(LongestProse, l => Prose(field, PlainText.Prose(content.Text, l)), v => v is null || v.Length <= LongestValue),
        _ => PlainText.OneLine(content.Text, LongestLine) is { Length: > 0 } line ? FieldText.Quoted(line) : null,
    };

    /// <summary>Data Center renders the texts of the system as wiki markup; those of other fields are shown as they are unless somebody chose otherwise.</summary>
    private string? Prose(JsonElement field, string text) => text.Length switch
    {
        0 => null,
        _ when isCloud => JiraJson.Build(w => AtlassianDocument.WriteProse(w, text.Split('\n'))).GetRawText(),
        _ => FieldText.Quoted(field.Member("schema").Text("system") is null ? text : WikiText.Escape(text)),
    };

    private static JsonElement? Chosen(JsonElement field, FieldContent content)
    {
        var text = PlainText.OneLine(content.Text);
        return field.Items("allowedValues").Where(o => string.Equals(FieldText.Of(o), text, StringComparison.OrdinalIgnoreCase)).Select(o => (JsonElement?)o).FirstOrDefault();
    }

    private Problem? NoChoice(FieldShape shape, JsonElement field, FieldContent content) =>
        shape.Kind != FieldKind.Choice || string.IsNullOrWhiteSpace(content.Text) || Chosen(field, content) is not null
            ? null
            : new(
                "field-value-not-allowed",
                $"The field '{shape.Name}' of issue {issue} does not allow '{PlainText.OneLine(content.Text, 60)}'. It allows {string.Join(", ", field.Items("allowedValues").Take(20).Select(FieldText.Of))}.",
                "Add the value to the field's options in Jira, or choose another figure or field.") { Scope = shape.Id };

    private Problem NotOnScreen(string name) => new(
        "field-not-editable",
        $"Issue {issue} shows no field '{name}' on its edit screen.",
        "Put the field on the screen for edits and into the field's context, and check its name or id (for example customfield_10401); the account must be allowed to edit the issue.") { Scope = name };

    private Problem Ambiguous(string name, List<JsonProperty> found) => new(
        "field-ambiguous",
        $"Issue {issue} has several fields called '{name}': {string.Join(", ", found.Select(f => f.Name).Order(StringComparer.Ordinal))}.",
        "Name the one that is meant by its id.") { Scope = name };

    private static Problem Twice(string name, FieldShape shape) => new(
        "field-named-twice", $"The publication names the field {shape.Id} twice, once as '{name}'.", "Name it once.") { Scope = shape.Id };
}
