using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TsPmo.Engine.Intake.Reading;

/// <summary>Rows of JSON objects.</summary>
internal static class JsonRows
{
    /// <summary>One object a line; empty lines are none.</summary>
    public static async IAsyncEnumerable<ReadRow> LinesAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(input, leaveOpen: true);
        var number = 0L;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return Line(++number, line);
        }
    }

    /// <summary>One object, or an array of objects.</summary>
    public static async IAsyncEnumerable<ReadRow> DocumentAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(input, cancellationToken);
        if (document is null)
        {
            yield return NoJson(1);
            yield break;
        }

        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Array)
        {
            yield return Row(1, root);
            yield break;
        }

        var number = 0L;
        foreach (var element in root.EnumerateArray())
            yield return Row(++number, element);
    }

    private static async Task<JsonDocument?> ParseAsync(Stream input, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(input, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadRow Line(long number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Row(number, document.RootElement);
        }
        catch (JsonException)
        {
            return NoJson(number);
        }
    }

    private static ReadRow Row(long number, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return ReadRow.Unreadable(number, "it is no JSON object", "give an object with a key for every column");
        var cells = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return ReadRow.Unreadable(number, $"\"{property.Name}\" is no plain value", "give texts, numbers or null");
            cells[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                _ => property.Value.GetRawText(),
            };
        }

        return new(number, cells);
    }

    private static ReadRow NoJson(long number) => ReadRow.Unreadable(number, "it is no JSON", "write it as JSON, in UTF-8");
}
