using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>Compares rows of an export with what they should be, field by field, over the fields that the expected rows have.</summary>
public static class RowComparison
{
    /// <summary>Every difference in words, missing and surplus rows included; at most <paramref name="limit"/>.</summary>
    public static IReadOnlyList<string> Differences(IEnumerable<JsonObject> expected, IEnumerable<JsonObject> actual, IReadOnlyList<string> identity, int limit = 20)
    {
        var differences = new List<string>();
        var found = actual.GroupBy(r => Key(r, identity)).ToDictionary(g => g.Key, g => new Queue<JsonObject>(g), StringComparer.Ordinal);
        foreach (var row in expected)
        {
            var key = Key(row, identity);
            if (!found.TryGetValue(key, out var candidates) || candidates.Count == 0)
                differences.Add($"missing {row.ToJsonString()}");
            else
                Compare(key, row, candidates.Dequeue(), differences);
        }

        differences.AddRange(found.SelectMany(f => f.Value.Select(r => $"surplus {r.ToJsonString()}")));
        return differences.Count <= limit ? differences : [.. differences.Take(limit), $"… {differences.Count - limit} more"];
    }

    private static void Compare(string key, JsonObject expected, JsonObject actual, List<string> differences)
    {
        foreach (var (field, value) in expected)
        {
            var (want, have) = (Text(value), Text(actual[field]));
            if (want != have)
                differences.Add($"{key} {field}: should be {want}, is {have}");
        }
    }

    private static string Key(JsonObject row, IReadOnlyList<string> identity) => string.Join(' ', identity.Select(name => Text(row[name])));

    private static string Text(JsonNode? node) => node switch
    {
        null => "null",
        JsonValue number when number.GetValueKind() == JsonValueKind.Number =>
            decimal.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture),
        JsonArray array => $"[{string.Join(", ", array.Select(Text))}]",
        _ => node.ToJsonString(),
    };
}
