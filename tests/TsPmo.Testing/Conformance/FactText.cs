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
    public static IReadOnlyList<string> Of(INormaliser normaliser, IEnumerable<SourceRecord> records) => [.. Newest(Told(normaliser, records)).Order(StringComparer.Ordinal)];

    /// <summary>Each fact of records with its text.</summary>
    public static IReadOnlyList<ToldFact> Told(INormaliser normaliser, IEnumerable<SourceRecord> records) =>
        [.. records.SelectMany(r => normaliser.Normalise(r).Facts).Select(f => new ToldFact(f, Of(f)))];

    /// <summary>The distinct texts of facts, without those that only an older version of an object states.</summary>
    public static IReadOnlySet<string> Newest(IEnumerable<ToldFact> facts)
    {
        var all = facts.ToList();
        var newest = all.Select(t => t.Fact).OfType<WorkItemFact>().GroupBy(f => f.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(f => f.Version), StringComparer.Ordinal);
        return all.Where(t => t.Fact is not WorkItemFact item || item.Version == newest[item.Id]).Select(t => t.Text).ToHashSet(StringComparer.Ordinal);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(obj.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

/// <summary>A fact and its text.</summary>
public sealed record ToldFact(Fact Fact, string Text);
