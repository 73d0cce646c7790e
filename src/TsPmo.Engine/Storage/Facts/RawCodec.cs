using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TsPmo.Model.Work;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>
/// The compact JSON in which raw values are kept: a value is its text, or [text, id]; a change is [from, to]; absent values are left out.
/// Names are in ordinal order, so that equal values give equal text.
/// </summary>
internal static class RawCodec
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string EncodeValues(IEnumerable<KeyValuePair<string, RawValue>> values) => Encode(writer =>
    {
        foreach (var (name, value) in values.Where(v => !v.Value.IsNone).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }
    });

    /// <summary>What an event says: a revision's values, or the two sides of each changed field.</summary>
    public static string EncodeEvent(WorkItemEvent change) =>
        change.IsSnapshot ? EncodeValues(change.Values.Select(v => KeyValuePair.Create(v.Key, v.Value.To))) : EncodeChanges(change.Values);

    public static Dictionary<string, RawValue> DecodeValues(string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = new Dictionary<string, RawValue>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
            values[string.Intern(property.Name)] = Read(property.Value);
        return values;
    }

    public static Dictionary<string, RawChange> DecodeChanges(string json)
    {
        using var document = JsonDocument.Parse(json);
        var changes = new Dictionary<string, RawChange>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
            changes[string.Intern(property.Name)] = new RawChange(Read(property.Value[0]), Read(property.Value[1]));
        return changes;
    }

    /// <summary>A number that differs where the text does (but for one chance in 2^64).</summary>
    public static long Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static string EncodeChanges(IEnumerable<KeyValuePair<string, RawChange>> changes) => Encode(writer =>
    {
        foreach (var (name, change) in changes.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            writer.WriteStartArray(name);
            Write(writer, change.From);
            Write(writer, change.To);
            writer.WriteEndArray();
        }
    });

    private static string Encode(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, RawValue value)
    {
        if (value.Id is null)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(value.Text);
        writer.WriteStringValue(value.Id);
        writer.WriteEndArray();
    }

    private static RawValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new RawValue(element.GetString()),
        JsonValueKind.Array => new RawValue(element[0].GetString(), element[1].GetString()),
        _ => RawValue.None,
    };
}
