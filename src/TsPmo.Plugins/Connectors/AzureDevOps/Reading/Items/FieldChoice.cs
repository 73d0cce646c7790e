using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>Which fields are asked of every revision: the known ones that this organisation has, and its own sizes and dates.</summary>
internal static class FieldChoice
{
    /// <summary>Asking for a field that is not there is refused, and not every collection has those of every process.</summary>
    public static async Task<(IReadOnlyList<string> Names, JsonElement All)> ReadAsync(AzureDevOpsClient client, CancellationToken cancellationToken)
    {
        var all = (await client.GetAsync("wit/fields", "_apis/wit/fields", cancellationToken)).Body;
        var there = all.Items("value").ToList();
        var names = there.Select(f => f.Text("referenceName") ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = FieldNames.Read.Where(names.Contains).ToList();
        var own = there.Where(FieldRoles.IsCandidate).Select(f => f.Text("referenceName") ?? "").Where(FieldNames.IsOwn);
        return ([.. known.Count > 0 ? known : FieldNames.Read, .. own], all);
    }

    /// <summary>The organisation's fields as a record.</summary>
    public static SourceRecord Record(JsonElement all) => new(RecordKinds.Fields, "fields", all, default);
}
