using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Plugins;
using TsPmo.Plugins.Connectors;
using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;
using TsPmo.Sync.Configuration.Sources;

namespace TsPmo.Sync.Configuration.Schema;

/// <summary>The JSON schema of the configuration, derived from the options types, so that editors complete and check the file.</summary>
internal static class SettingsSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as indented JSON with a final line end.</summary>
    public static string Write(PluginCatalog catalog)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Configuration of TsPmo.Sync",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string" },
                [ConfigurationSources.Root] = Section(typeof(TsPmoOptions), catalog),
            },
            ["additionalProperties"] = false,
        };
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Section(Type type, PluginCatalog catalog)
    {
        var defaults = Activator.CreateInstance(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in SettingProperty.Of(type))
        {
            properties[property.Name] = Described(property, defaults, catalog);
            // A secret had better come from elsewhere than the file.
            if (property.Setting.Required && !property.IsSecret)
                required.Add(property.Name);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    private static JsonObject Described(SettingProperty property, object? defaults, PluginCatalog catalog)
    {
        var schema = property.Shape switch
        {
            SettingShape.Value shape => Plain(shape.Type, property),
            SettingShape.List shape => new JsonObject { ["type"] = "array", ["items"] = Plain(shape.Item, property) },
            SettingShape.Map shape => new JsonObject { ["type"] = "object", ["additionalProperties"] = Plain(shape.Item, property) },
            SettingShape.Named { Item: var item } when item == typeof(ConnectorOptions) =>
                new JsonObject { ["type"] = "object", ["additionalProperties"] = AnyConnector(catalog) },
            SettingShape.Named shape => new JsonObject { ["type"] = "object", ["additionalProperties"] = Section(shape.Item, catalog) },
            SettingShape.Section shape => Section(shape.Type, catalog),
            _ => [],
        };
        schema.Insert(0, "description", property.Setting.Description);
        if (property.Shape is SettingShape.Value && Default(property.Property.GetValue(defaults)) is { } value)
            schema["default"] = value;
        return schema;
    }

    private static JsonObject AnyConnector(PluginCatalog catalog)
    {
        var kinds = new JsonArray();
        foreach (var plugin in catalog.Connectors)
        {
            var kind = Section(plugin.OptionsType, catalog);
            kind["properties"]![nameof(ConnectorOptions.Type)]!["const"] = plugin.Type;
            kinds.Add(kind);
        }

        return new JsonObject { ["anyOf"] = kinds };
    }

    private static JsonObject Plain(Type type, SettingProperty property)
    {
        var setting = property.Setting;
        var schema = new JsonObject { ["type"] = JsonTypeOf(type) };
        if (type.IsEnum || setting.Allowed.Length > 0)
            schema["enum"] = new JsonArray([.. (type.IsEnum ? Enum.GetNames(type) : setting.Allowed).Select(name => JsonValue.Create(name))]);
        if (FormatOf(type, setting.Form) is { } format)
            schema["format"] = format;
        if (double.IsFinite(setting.Minimum))
            schema["minimum"] = setting.Minimum;
        if (double.IsFinite(setting.Maximum))
            schema["maximum"] = setting.Maximum;
        if (property.IsSecret)
            schema["writeOnly"] = true;
        return schema;
    }

    private static string JsonTypeOf(Type type) => type switch
    {
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) => "integer",
        _ when type == typeof(double) || type == typeof(decimal) => "number",
        _ => "string",
    };

    private static string? FormatOf(Type type, string form) => type switch
    {
        _ when type == typeof(DateOnly) => "date",
        _ when type == typeof(DateTimeOffset) => "date-time",
        _ when type == typeof(Uri) => "uri",
        _ => form == "regex" ? "regex" : null,
    };

    private static JsonValue? Default(object? value) => value switch
    {
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        TimeSpan span => JsonValue.Create(span.ToString("c", CultureInfo.InvariantCulture)),
        Enum name => JsonValue.Create(name.ToString()),
        string { Length: > 0 } text => JsonValue.Create(text),
        _ => null,
    };
}
