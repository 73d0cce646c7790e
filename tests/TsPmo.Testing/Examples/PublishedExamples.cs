using System.Text.Json;

namespace TsPmo.Testing.Examples;

/// <summary>Worked examples that others published, recomputed; they lie beside the repository on the builders' machines.</summary>
public static class PublishedExamples
{
    /// <summary>Why a test of an example is skipped where they are absent.</summary>
    public const string Absent = "the published examples are not beside this repository";

    /// <summary>Inputs and expected values of one example.</summary>
    public static (JsonElement Inputs, JsonElement Expected) Read(string id)
    {
        using var document = Open();
        var example = document.RootElement.GetProperty("examples").EnumerateArray().First(e => e.GetProperty("id").GetString() == id);
        return (example.GetProperty("inputs").Clone(), example.GetProperty("expected").Clone());
    }

    /// <summary>Ids of all examples.</summary>
    public static IReadOnlyList<string> Ids()
    {
        using var document = Open();
        return [.. document.RootElement.GetProperty("examples").EnumerateArray().Select(e => e.GetProperty("id").GetString() ?? "")];
    }

    private static JsonDocument Open() => JsonDocument.Parse(File.ReadAllText(SharedFolder.Find("metric-examples.json") ?? throw new FileNotFoundException(Absent)));

    /// <summary>A list of numbers.</summary>
    public static decimal[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(n => n.GetDecimal())];
}
