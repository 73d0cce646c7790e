using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TsPmo.Engine.Reporting.Exports.Writing;

/// <summary>One JSON object a line, UTF-8, every key present.</summary>
internal sealed class NdjsonWriter(Stream output) : IRowWriter
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private JsonEncodedText[] _columns = [];

    public Task BeginAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        _columns = [.. columns.Select(c => JsonEncodedText.Encode(c))];
        return Task.CompletedTask;
    }

    public async Task WriteAsync(object?[] cells, CancellationToken cancellationToken)
    {
        using (var json = new Utf8JsonWriter(_buffer, Plain))
        {
            json.WriteStartObject();
            for (var i = 0; i < cells.Length; i++)
            {
                json.WritePropertyName(_columns[i]);
                Write(json, cells[i]);
            }

            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
            await FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await FlushAsync(CancellationToken.None);

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        await output.FlushAsync(cancellationToken);
        _buffer.ResetWrittenCount();
    }

    private static void Write(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(CellText.Plain(number)); break;
            case DateTimeOffset instant: json.WriteStringValue(CellText.Of(instant)); break;
            case DateOnly date: json.WriteStringValue(CellText.Of(date)); break;
            case IReadOnlyList<string> list: WriteList(json, list); break;
            default: throw new InvalidOperationException($"A cell cannot be a {cell.GetType().Name}.");
        }
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<string> list)
    {
        json.WriteStartArray();
        foreach (var element in list)
            json.WriteStringValue(element);
        json.WriteEndArray();
    }
}
