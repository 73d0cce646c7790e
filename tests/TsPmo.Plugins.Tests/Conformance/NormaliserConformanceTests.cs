using System.Text.Json;
using System.Text.Json.Nodes;
using TsPmo.Model.Contracts;
using TsPmo.Testing.Conformance;

namespace TsPmo.Plugins.Tests.Conformance;

/// <summary>What every normaliser must do, asked with everything that the stand-ins of its tracker send.</summary>
[Collection("sandbox")]
public sealed class NormaliserConformanceTests(SandboxConnectors sandbox)
{
    public static TheoryData<string> Trackers => ConnectorConformanceTests.Trackers;

    [Theory, MemberData(nameof(Trackers))]
    public async Task Everything_a_stand_in_sends_is_understood(string tracker)
    {
        var (normaliser, records) = await RecordsAsync(tracker);
        records.Select(r => (r.Kind, r.Id, normaliser.Normalise(r).Problem)).Where(r => r.Problem is not null).ShouldBeEmpty();
        records.SelectMany(r => normaliser.Normalise(r).Facts).ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Trackers))]
    public async Task The_same_record_gives_the_same_facts_in_any_order(string tracker)
    {
        var (normaliser, records) = await RecordsAsync(tracker);
        var forwards = FactText.Of(normaliser, records);
        FactText.Of(normaliser, records.Reverse()).ShouldBe(forwards);
        FactText.Of(normaliser, records.Concat(records)).ShouldBe(forwards);
    }

    /// <summary>Each member of each kind of record is left out, made null and made something else in turn.</summary>
    [Theory, MemberData(nameof(Trackers))]
    public async Task A_mangled_record_is_quarantined_or_read_but_never_thrown(string tracker)
    {
        var (normaliser, records) = await RecordsAsync(tracker);
        foreach (var record in records.GroupBy(r => r.Kind, StringComparer.Ordinal).SelectMany(g => g.Take(2)))
        {
            foreach (var mangled in Mangled(record))
                Should.NotThrow(() => normaliser.Normalise(mangled), mangled.Body.GetRawText());
        }
    }

    private async Task<(INormaliser Normaliser, IReadOnlyList<SourceRecord> Records)> RecordsAsync(string tracker)
    {
        var instance = sandbox.Connect(tracker);
        var records = new List<SourceRecord>();
        foreach (var stream in instance.Connector.Streams)
            records.AddRange((await Reading.OfAsync(instance, stream, null, TestContext.Current.CancellationToken)).Records);
        return (instance.Normaliser, records);
    }

    private static IEnumerable<SourceRecord> Mangled(SourceRecord record)
    {
        JsonNode?[] replacements = [null, JsonValue.Create(17), JsonValue.Create("¿"), new JsonArray(), new JsonObject()];
        foreach (var path in Paths(JsonNode.Parse(record.Body.GetRawText())!, []).ToList())
        {
            foreach (var replacement in replacements)
                yield return record with { Body = Replace(record.Body, path, replacement) };
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Paths(JsonNode node, IReadOnlyList<string> here)
    {
        IEnumerable<(string Name, JsonNode? Value)> members = node switch
        {
            JsonObject obj => obj.Select(m => (m.Key, m.Value)),
            JsonArray array => array.Take(3).Select((e, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), e)),
            _ => [],
        };
        foreach (var (name, value) in members)
        {
            string[] path = [.. here, name];
            yield return path;
            foreach (var deeper in value is null ? [] : Paths(value, path))
                yield return deeper;
        }
    }

    private static JsonElement Replace(JsonElement body, IReadOnlyList<string> path, JsonNode? replacement)
    {
        var root = JsonNode.Parse(body.GetRawText())!;
        var parent = root;
        foreach (var step in path.SkipLast(1))
            parent = parent is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : parent[step]!;
        if (parent is JsonArray array)
            array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = replacement?.DeepClone();
        else
            parent[path[^1]] = replacement?.DeepClone();
        return JsonSerializer.SerializeToElement(root);
    }
}
