using System.Globalization;
using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>The sandbox's own account of what happened, read from its file.</summary>
public sealed class TruthLog
{
    private TruthLog(IReadOnlyList<JsonObject> acts) => Acts = acts;

    public IReadOnlyList<JsonObject> Acts { get; }

    public static TruthLog Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var acts = new List<JsonObject>();
        while (reader.ReadLine() is { Length: > 0 } line)
            acts.Add(JsonNode.Parse(line)!.AsObject());
        return new TruthLog(acts);
    }

    /// <summary>The acts that meet a condition.</summary>
    public TruthLog Where(Func<JsonObject, bool> condition) => new([.. Acts.Where(condition)]);

    public IEnumerable<JsonObject> Of(string act) => Acts.Where(a => (string?)a["act"] == act);

    public static DateTimeOffset? Instant(JsonNode? node) =>
        node is null ? null : DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string? Text(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
