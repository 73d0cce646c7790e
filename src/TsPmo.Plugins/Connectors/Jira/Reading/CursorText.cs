using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TsPmo.Plugins.Connectors.Jira.Reading;

/// <summary>Cursors as text. One that cannot be read (of another version) is none, so that reading begins anew.</summary>
internal static class CursorText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static string Write<T>(T cursor) => JsonSerializer.Serialize(cursor, Options);

    public static T? Read<T>(string? text)
        where T : class => Kept.Read(text, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)));
}
