using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TsPmo.Testing.Contracts;

/// <summary>Compares a JSON value with an OpenAPI schema: type, nullability, enum, required, additional properties, items, lengths, combinations.</summary>
internal sealed class SchemaCheck(ContractDocument document, Action<string, string> report)
{
    /// <summary>Reports each difference with the place where it is; array positions are left out so that a place has one name.</summary>
    public void Check(JsonObject schema, JsonNode? value, string place)
    {
        schema = document.Resolve(schema);
        if (value is null)
        {
            if (!AllowsNull(schema))
                report(place, "null is not allowed");
            return;
        }

        if (!TypeFits(schema, value))
        {
            report(place, $"is {Describe(value)}, declared {schema["type"]?.ToJsonString()}");
            return;
        }

        CheckEnum(schema, value, place);
        CheckText(schema, value, place);
        CheckCombinations(schema, value, place);
        if (value is JsonArray array && schema["items"] is JsonObject items)
        {
            foreach (var element in array)
                Check(items, element, place + "[]");
        }

        if (value is JsonObject obj)
            CheckObject(schema, obj, place);
    }

    private void CheckObject(JsonObject schema, JsonObject value, string place)
    {
        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            if (required is JsonValue name && !value.ContainsKey(name.GetValue<string>()))
                report(place, $"lacks '{name}'");
        }

        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (name, member) in value)
        {
            if (properties[name] is JsonObject declared)
                Check(declared, member, $"{place}.{name}");
            else if (schema["additionalProperties"] is JsonObject additional)
                Check(additional, member, $"{place}.*");
            else if (schema["additionalProperties"] is JsonValue allowed && allowed.GetValueKind() == JsonValueKind.False)
                report(place, $"has undeclared '{name}'");
        }
    }

    private void CheckCombinations(JsonObject schema, JsonNode value, string place)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
            Check(part!.AsObject(), value, place);
        foreach (var keyword in new[] { "oneOf", "anyOf" })
        {
            if (schema[keyword] is JsonArray { Count: > 0 } options && !options.Any(o => Fits(o!.AsObject(), value)))
                report(place, $"fits none of {keyword}");
        }
    }

    private bool Fits(JsonObject schema, JsonNode value)
    {
        var differences = 0;
        new SchemaCheck(document, (_, _) => differences++).Check(schema, value, "");
        return differences == 0;
    }

    private void CheckEnum(JsonObject schema, JsonNode value, string place)
    {
        if (schema["enum"] is JsonArray allowed && value is JsonValue && !allowed.Any(a => string.Equals(a?.ToString(), value.ToString(), StringComparison.OrdinalIgnoreCase)))
            report(place, $"'{value}' is not one of {allowed.ToJsonString()}");
    }

    private void CheckText(JsonObject schema, JsonNode value, string place)
    {
        if (value.GetValueKind() != JsonValueKind.String)
            return;
        var text = value.GetValue<string>();
        if (schema["maxLength"] is JsonValue max && text.Length > max.GetValue<int>())
            report(place, "is longer than declared");
        if (schema["pattern"] is JsonValue pattern && !Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)))
            report(place, $"'{text}' does not match {pattern}");
        if (!FormatFits((string?)schema["format"], text))
            report(place, $"'{text}' is no {schema["format"]}");
    }

    private static bool FormatFits(string? format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" => Guid.TryParse(text, out _),
        "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => true,
    };

    private static bool AllowsNull(JsonObject schema) =>
        Flag(schema["nullable"]) || Flag(schema["x-nullable"]) || Types(schema).Contains("null")
        || (schema["type"] is null && schema["allOf"] is null && schema["properties"] is null && schema["oneOf"] is null && schema["anyOf"] is null);

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    private static bool TypeFits(JsonObject schema, JsonNode value)
    {
        var types = Types(schema);
        return types.Count == 0 || types.Any(t => TypeFits(t, value));
    }

    private static IReadOnlyList<string> Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(t => t!.GetValue<string>())],
        JsonValue one when one.GetValueKind() == JsonValueKind.String => [one.GetValue<string>()],
        _ => [],
    };

    private static bool TypeFits(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n == decimal.Truncate(n),
        _ => false,
    };

    private static string Describe(JsonNode value)
    {
        var text = value.ToJsonString();
        return $"{value.GetValueKind()} {(text.Length > 40 ? text[..40] + "…" : text)}";
    }
}
