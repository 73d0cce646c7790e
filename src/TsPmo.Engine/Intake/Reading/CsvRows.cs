using System.Runtime.CompilerServices;
using CsvHelper;

namespace TsPmo.Engine.Intake.Reading;

/// <summary>Rows of comma-separated values with a header. What an export put in front of a text that a spreadsheet would take for a formula is taken away again.</summary>
internal static class CsvRows
{
    private const int LargestRow = 256 * 1024;
    private const string Formula = "=+-@\t\r";

    public static async IAsyncEnumerable<ReadRow> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var csv = CsvReader.Create(input, new CsvReaderOptions { MaxRecordSize = LargestRow }, true);
        var number = 0L;
        while (true)
        {
            number++;
            var (row, isLast) = await NextAsync(csv, number, cancellationToken);
            if (row is not null)
                yield return row;
            if (isLast)
                yield break;
        }
    }

    private static async Task<(ReadRow? Row, bool IsLast)> NextAsync(CsvReader csv, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await csv.ReadAsync(cancellationToken) ? (Row(csv, number), false) : (null, true);
        }
        catch (CsvFormatException)
        {
            return (ReadRow.Unreadable(number, "from here on the file is no comma-separated text", "look for a quotation mark that is not closed"), true);
        }
    }

    private static ReadRow Row(CsvReader csv, long number)
    {
        var names = csv.Headers;
        if (csv.FieldCount != names.Count)
            return ReadRow.Unreadable(number, $"it has {csv.FieldCount} cells where the header has {names.Count}", "give a cell for every column, and put texts with commas between quotation marks");
        var cells = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Count; i++)
            cells[names[i].Trim()] = Plain(csv.GetString(i));
        return new(number, cells);
    }

    private static string Plain(string cell) => cell is ['\'', var first, ..] && Formula.Contains(first, StringComparison.Ordinal) ? cell[1..] : cell;
}
