using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Model.Contracts;
using TsPmo.Model.Facts;

namespace TsPmo.Testing.Conformance;

/// <summary>Facts as text with sorted members, so that sets of facts can be compared.</summary>
public static class FactText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Fact fact) =>
        $"{fact.GetType().Name} {Sorted(JsonSerializer.SerializeToNode(fact, fact.GetType(), Options))?.ToJsonString(Options)}";

    /// <summary>The distinct facts of records, as sorted texts. Facts that only an older version of an object states are left out.</summary>
    public static IReadOnlyList<string> Of(INormaliser normaliser, IEnumerable<SourceRecord> records) =>
        [.. Newest(records.SelectMany(r => normaliser.Normalise(r).Facts)).Select(Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<Fact> Newest(IEnumerable<Fact> facts)
    {
        var all = facts.ToList();
        var newest = all.OfType<WorkItemFact>().GroupBy(f => f.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(f => f.Version), StringComparer.Ordinal);
        return all.Where(f => f is not WorkItemFact item || item.Version == newest[item.Id]);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
