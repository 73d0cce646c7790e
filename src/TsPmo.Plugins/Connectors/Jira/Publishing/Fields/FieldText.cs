using System.Text.Json;
using TsPmo.Plugins.Connectors.Jira.Wire;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Fields;

/// <summary>Values of fields as the JSON in which they are sent and kept.</summary>
internal static class FieldText
{
    /// <summary>A text as JSON.</summary>
    public static string Quoted(string text) => JiraJson.Build(w => w.WriteStringValue(text)).GetRawText();

    /// <summary>An option as JSON, by itself or as the only one of a list.</summary>
    public static string Choice(JsonElement option, bool isList)
    {
        var kept = Writable(option);
        return isList ? $"[{kept}]" : kept;
    }

    /// <summary>A value in the form in which it is kept and could be written again, without what the tracker only tells; null where the field is empty.</summary>
    public static string? Kept(JsonElement value) =>
        !value.IsThere() || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0) ? null : Writable(value);

    /// <summary>A value as people read it.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Of)),
        JsonValueKind.Object when value.Text("type") == "doc" => AtlassianDocument.Read(value),
        JsonValueKind.Object => value.Text("value") ?? value.Text("name") ?? value.Text("id") ?? "",
        JsonValueKind.String => WikiText.Unescape(value.WholeText()),
        _ => value.GetRawText(),
    };

    /// <summary>Whether two values are the same one: options by their ids, numbers by what they come to.</summary>
    public static bool Same(JsonElement left, JsonElement right)
    {
        if (left.ValueKind == JsonValueKind.Array && right.ValueKind == JsonValueKind.Array)
            return left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(p => Same(p.First, p.Second));
        if (left.Text("id") is { } id && right.Text("id") is { } other)
            return id == other;
        return left.ValueKind == JsonValueKind.Number && left.Number() is { } x && right.ValueKind == JsonValueKind.Number && right.Number() is { } y
            ? Math.Round(x, 9) == Math.Round(y, 9)
            : JsonElement.DeepEquals(left, right);
    }

    private static string Writable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Writable))}]",
        JsonValueKind.Object when value.Text("type") != "doc" && value.Text("id") is not null => JiraJson.Build(w => Identity(w, value)).GetRawText(),
        _ => value.GetRawText(),
    };

    private static void Identity(Utf8JsonWriter writer, JsonElement value)
    {
        writer.WriteStartObject();
        foreach (var name in (string[])["id", "value", "name"])
        {
            if (value.Text(name) is { } text)
                writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }
}
