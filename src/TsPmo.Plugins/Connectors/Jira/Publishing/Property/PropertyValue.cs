using System.Text;
using System.Text.Json;
using TsPmo.Model.Publishing;
using TsPmo.Plugins.Connectors.Jira.Wire;
using TsPmo.Plugins.Publishing;

namespace TsPmo.Plugins.Connectors.Jira.Publishing.Property;

/// <summary>
/// A report as the JSON value of an issue property. It vouches for itself: <c>check</c> is a fingerprint over everything else, so that a value
/// that somebody changed is known without any memory of ours.
/// </summary>
internal static class PropertyValue
{
    /// <summary>The value of a report whose statements and figures have at most so many characters each together.</summary>
    public static string Of(string publication, StatusReport report, int longest)
    {
        var bare = Text(publication, report, longest, check: null);
        return Text(publication, report, longest, Fingerprint.Of(Canonical(bare)));
    }

    /// <summary>Whether a value was written for this publication.</summary>
    public static bool IsOf(JsonElement value, string publication) => value.Text("publication") == publication;

    /// <summary>Whether a value is as it was written.</summary>
    public static bool IsUntouched(JsonElement value) =>
        value.Text("check") is { } check && Fingerprint.Of(Canonical(value)) == check;

    /// <summary>The value as people read it.</summary>
    public static string Shown(JsonElement value) =>
        string.Join('\n', value.Items("lines").Select(l => $"{l.Text("label")}: {l.Text("text")}").Prepend(value.Text("title") ?? ""));

    /// <summary>All that a value holds: what a person made of it may lie where nobody reads it.</summary>
    public static string Whole(JsonElement value) => Canonical(value);

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static string Text(string publication, StatusReport report, int longest, string? check) => JiraJson.Build(w =>
    {
        w.WriteStartObject();
        w.WriteString("publication", publication);
        w.WriteString("project", report.Project);
        w.WriteString("title", PlainText.OneLine(report.Title, Math.Min(PlainText.LongestLine, longest / 4)));
        w.WriteString("asOf", report.AsOf.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        w.WriteString("contentHash", report.ContentHash);
        w.WriteStartArray("lines");
        foreach (var (label, text) in Within(report.Lines.Select(l => (l.Label, l.Text)), longest))
        {
            w.WriteStartObject();
            w.WriteString("label", label);
            w.WriteString("text", text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteStartObject("figures");
        foreach (var (name, value) in Within(report.Figures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, f.Value)), longest).DistinctBy(f => f.Name))
            w.WriteString(name, value);
        w.WriteEndObject();
        if (check is not null)
            w.WriteString("check", check);
        w.WriteEndObject();
    }).GetRawText();

    /// <summary>As many as fit into the length, each shortened to what a line may hold.</summary>
    private static IEnumerable<(string Name, string Value)> Within(IEnumerable<(string Name, string Value)> pairs, int longest)
    {
        var line = Math.Min(PlainText.LongestLine, longest / 4);
        var left = longest;
        return pairs.Select(p => (Name: PlainText.OneLine(p.Name, line), Value: PlainText.OneLine(p.Value, line))).TakeWhile(p => (left -= p.Name.Length + p.Value.Length) >= 0);
    }

    private static string Canonical(string json) => Canonical(Parsed(json));

    /// <summary>The value without its check, members in ordinal order: a tracker may store them in another one.</summary>
    private static string Canonical(JsonElement value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value, isTop: true);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, bool isTop)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Write(writer, item, isTop: false);
            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().Where(m => !isTop || m.Name != "check").OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, isTop: false);
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
