using System.Globalization;
using System.Text;
using CsvHelper;

namespace TsPmo.Engine.Reporting.Exports.Writing;

/// <summary>Comma-separated values with a header. Texts that a spreadsheet would take for a formula are neutralised; numbers and dates are not texts.</summary>
internal sealed class CsvRowWriter(Stream output) : IRowWriter
{
    private readonly CsvWriter _csv = CsvWriter.Create(
        new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: -1, leaveOpen: true),
        new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n" });

    public async Task BeginAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        foreach (var column in columns)
            _csv.WriteField(column);
        await _csv.EndRecordAsync(cancellationToken);
    }

    public async Task WriteAsync(object?[] cells, CancellationToken cancellationToken)
    {
        foreach (var cell in cells)
            Write(cell);
        await _csv.EndRecordAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private void Write(object? cell)
    {
        switch (cell)
        {
            case null: _csv.WriteField(""); break;
            case string text: _csv.WriteField(text); break;
            case bool flag: _csv.WriteField(flag ? "true" : "false"); break;
            case int number: _csv.WriteField(number, default, CultureInfo.InvariantCulture); break;
            case decimal number: _csv.WriteField(CellText.Plain(number), default, CultureInfo.InvariantCulture); break;
            case DateTimeOffset instant: _csv.WriteField(CellText.Of(instant)); break;
            case DateOnly date: _csv.WriteField(CellText.Of(date)); break;
            case IReadOnlyList<string> list: _csv.WriteField(string.Join(';', list)); break;
            default: throw new InvalidOperationException($"A cell cannot be a {cell.GetType().Name}.");
        }
    }
}
