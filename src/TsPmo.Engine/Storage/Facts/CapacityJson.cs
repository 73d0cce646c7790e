using System.Text.Json;
using System.Text.Json.Serialization;
using TsPmo.Model.Facts;

namespace TsPmo.Engine.Storage.Facts;

/// <summary>The form in which the rows of a capacity are kept.</summary>
[JsonSerializable(typeof(IEnumerable<CapacityRow>))]
[JsonSerializable(typeof(List<CapacityRow>))]
internal sealed partial class CapacityJson : JsonSerializerContext
{
    public static IReadOnlyList<CapacityRow> Read(string rows) => JsonSerializer.Deserialize(rows, Default.ListCapacityRow) ?? [];
}
