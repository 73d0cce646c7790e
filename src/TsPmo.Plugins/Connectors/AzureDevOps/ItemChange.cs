using System.Text.Json;

namespace TsPmo.Plugins.Connectors.AzureDevOps;

/// <summary>One operation of a change to a work item.</summary>
/// <param name="Op">What is done: add, replace or remove.</param>
/// <param name="Path">To what.</param>
/// <param name="Value">Writes the value; null where there is none.</param>
internal sealed record ItemChange(string Op, string Path, Action<Utf8JsonWriter>? Value)
{
    /// <summary>Sets a field, or empties it.</summary>
    public static ItemChange Field(string field, string? value) =>
        new(value is null ? "remove" : "add", $"/fields/{field}", value is null ? null : json => json.WriteStringValue(value));

    /// <summary>The body of a change that is bound to a revision.</summary>
    public static byte[] Document(long revision, IReadOnlyList<ItemChange> changes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            new ItemChange("test", "/rev", w => w.WriteNumberValue(revision)).Write(json);
            foreach (var change in changes)
                change.Write(json);
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("op", Op);
        json.WriteString("path", Path);
        if (Value is not null)
        {
            json.WritePropertyName("value");
            Value(json);
        }

        json.WriteEndObject();
    }
}
