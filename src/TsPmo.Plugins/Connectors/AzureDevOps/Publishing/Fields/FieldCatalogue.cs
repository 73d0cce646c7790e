using System.Text.Json;
using TsPmo.Model;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>Which fields the type of an item has, and what they hold. Fields never change what they hold, so the organisation's are kept.</summary>
internal sealed class FieldCatalogue(AzureDevOpsClient client)
{
    private const int LongestLine = 255;
    private const int LongestProse = 32_000;

    private volatile IReadOnlyList<FieldShape> _known = [];

    /// <summary>What the item's fields should hold, by their own reference names, or why they cannot.</summary>
    public async Task<FieldFilling> FillAsync(AnchorState item, IReadOnlyDictionary<string, FieldContent> wanted, CancellationToken cancellationToken)
    {
        var filling = new FieldFilling();
        var shapes = await ShapesAsync(wanted.Keys, cancellationToken);
        var unknown = wanted.Keys.Except(shapes.Keys, StringComparer.OrdinalIgnoreCase)
            .Concat(await MissingAsync(item, shapes, cancellationToken)).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            return filling with { Problem = Unknown(item, unknown) };
        foreach (var (name, shape) in shapes)
        {
            if (shape.Refuses($"work item {item.Id}", wanted[name]) is { } refusal)
                return filling with { Problem = refusal };
            filling.Add(shape, Spelt(shape, wanted[name]));
        }

        return filling;
    }

    private async Task<Dictionary<string, FieldShape>> ShapesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var asked = names.ToList();
        if (asked.Exists(n => Named(_known, n) is null))
            _known = [.. (await client.GetAsync("wit/fields", "_apis/wit/fields", cancellationToken)).Body.Items("value").Select(Shape)];
        return asked.Select(n => (Name: n, Shape: Named(_known, n))).Where(f => f.Shape is not null).ToDictionary(f => f.Name, f => f.Shape!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Fields that the organisation has and the item's type has not. Only asked for where the item itself does not show them: empty fields are absent from an item.</summary>
    private async Task<IEnumerable<string>> MissingAsync(AnchorState item, Dictionary<string, FieldShape> shapes, CancellationToken cancellationToken)
    {
        if (shapes.Values.All(s => item.Fields.Child(s.Id) is not null))
            return [];
        var path = $"{AzureDevOpsClient.Segment(item.Project)}/_apis/wit/workitemtypes/{AzureDevOpsClient.Segment(item.Type)}";
        var own = (await client.GetAsync("wit/workitemtypes", path, cancellationToken)).Body.Items("fields").Select(f => f.Text("referenceName")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return shapes.Where(s => !own.Contains(s.Value.Id)).Select(s => s.Key);
    }

    private static FieldShape? Named(IReadOnlyList<FieldShape> known, string name) =>
        known.FirstOrDefault(f => f.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? known.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static FieldShape Shape(JsonElement field)
    {
        var (reference, type) = (field.Text("referenceName") ?? "", field.Text("type") ?? "");
        var isOurs = !field.Flag("readOnly") && !field.Flag("isIdentity");
        return new(reference, field.Text("name") ?? reference, isOurs ? KindOf(type) : FieldKind.Other, field.Flag("isIdentity") ? "identity" : type);
    }

    private static FieldKind KindOf(string type) => type.ToUpperInvariant() switch
    {
        "STRING" or "PICKLISTSTRING" => FieldKind.Line,
        "PLAINTEXT" or FieldFilling.Html => FieldKind.Prose,
        "DOUBLE" or "PICKLISTDOUBLE" => FieldKind.Number,
        "INTEGER" or "PICKLISTINTEGER" => FieldKind.Whole,
        "DATETIME" => FieldKind.Day,
        _ => FieldKind.Other,
    };

    private static string? Spelt(FieldShape shape, FieldContent content)
    {
        var value = shape.Kind switch
        {
            FieldKind.Line => PlainText.OneLine(content.Text, LongestLine),
            FieldKind.Prose when FieldFilling.IsHtml(shape) => HtmlText.Write(PlainText.Prose(content.Text, LongestProse)),
            FieldKind.Prose => PlainText.Prose(content.Text, LongestProse),
            FieldKind.Day => shape.Figure(content) is { } day ? $"{day}T00:00:00Z" : null,
            _ => shape.Figure(content),
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static Problem Unknown(AnchorState item, IReadOnlyList<string> unknown) => new(
        "field-unknown",
        $"Work item {item.Id} is a {item.Type} of project {item.Project}, and that type has no field {string.Join(", ", unknown.Select(u => $"'{u}'"))}.",
        "Add the field to the type in the organisation's process settings, or name a field that exists by its reference name (for example Custom.PmoStatus).");
}

/// <summary>What fields should hold, or why they cannot.</summary>
internal sealed record FieldFilling
{
    /// <summary>The type of fields that hold HTML, in capitals.</summary>
    public const string Html = "HTML";

    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _html = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Values by reference name; null empties.</summary>
    public IReadOnlyDictionary<string, string?> Values => _values;

    /// <summary>Fields whose values are HTML.</summary>
    public IReadOnlySet<string> HtmlFields => _html;

    public Problem? Problem { get; init; }

    public static bool IsHtml(FieldShape shape) => shape.Type.Equals(Html, StringComparison.OrdinalIgnoreCase);

    public void Add(FieldShape shape, string? value)
    {
        _values[shape.Id] = value;
        if (IsHtml(shape))
            _html.Add(shape.Id);
    }
}
