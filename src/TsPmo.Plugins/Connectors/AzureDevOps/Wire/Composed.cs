using System.Buffers;
using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Wire;

/// <summary>Puts together what several calls told about one thing, so that it travels as one record.</summary>
internal static class Composed
{
    public static JsonElement Object(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    public static void Write(this Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined)
            json.WriteNullValue();
        else
            json.WriteRaw(value);
    }

    public static void Write(this Utf8JsonWriter json, string name, IEnumerable<JsonElement> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteRaw(value);
        json.WriteEndArray();
    }
}
