using System.Text.Json;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Cursors as text. One that cannot be read (of another version) is none, so that reading begins anew.</summary>
internal static class CursorText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static string Write<T>(T cursor) => JsonSerializer.Serialize(cursor, Options);

    public static T? Read<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
