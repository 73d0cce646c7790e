using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
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
    private const int LongestShared = 128;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    private delegate T ReadingOf<T>(ref Utf8JsonReader reader);

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

    public static Dictionary<string, RawValue> DecodeValues(string json) => Decode(json, Read);

    public static Dictionary<string, RawChange> DecodeChanges(string json) => Decode(json, ReadChange);

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

    /// <summary>Reads without a document between: a project's history has hundreds of thousands of these texts.</summary>
    private static Dictionary<string, T> Decode<T>(string json, ReadingOf<T> read)
    {
        var decoded = new Dictionary<string, T>(StringComparer.Ordinal);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = Name(ref reader);
                reader.Read();
                decoded[name] = read(ref reader);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return decoded;
    }

    /// <summary>A field's name, each of which is one string for all that tell of the field.</summary>
    private static string Name(ref Utf8JsonReader reader)
    {
        Span<char> buffer = stackalloc char[LongestShared];
        if (reader.ValueSpan.Length > LongestShared)
            return reader.GetString() ?? "";
        var name = buffer[..reader.CopyString(buffer)];
        var shared = Names.GetAlternateLookup<ReadOnlySpan<char>>();
        return shared.TryGetValue(name, out var known) ? known : Names.GetOrAdd(name.ToString(), n => n);
    }

    private static RawChange ReadChange(ref Utf8JsonReader reader)
    {
        reader.Read();
        var from = Read(ref reader);
        reader.Read();
        var to = Read(ref reader);
        reader.Read();
        return new(from, to);
    }

    private static RawValue Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return new RawValue(reader.GetString());
        reader.Read();
        var text = reader.GetString();
        reader.Read();
        var id = reader.GetString();
        reader.Read();
        return new(text, id);
    }
}
