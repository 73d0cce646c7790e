using System.Text.Json;
using System.Text.Json.Serialization;
using TsPmo.Engine.Reporting.Exports;

namespace TsPmo.Engine.Reporting;

/// <summary>Instants in JSON as the exports spell them: UTC with Z, cut off to milliseconds.</summary>
public sealed class InstantJson : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(CellText.Of(value));
}
