using TsPmo.Model;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>Which fields the type of an item has. Only asked for where the item itself does not show it: empty fields are absent from an item.</summary>
internal sealed class FieldCatalogue(AzureDevOpsClient client)
{
    /// <summary>The values under the fields' own reference names, or the fields that the type does not have.</summary>
    public async Task<(IReadOnlyDictionary<string, string?> Values, Problem? Problem)> ResolveAsync(
        AnchorState item, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        if (values.Keys.All(name => item.Fields.Child(name) is not null))
            return (values, null);
        var path = $"{AzureDevOpsClient.Segment(item.Project)}/_apis/wit/workitemtypes/{AzureDevOpsClient.Segment(item.Type)}";
        var known = (await client.GetAsync("wit/workitemtypes", path, cancellationToken)).Body.Items("fields")
            .Select(f => (Reference: f.Text("referenceName") ?? "", Name: f.Text("name") ?? "")).ToList();
        var resolved = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var unknown = new List<string>();
        foreach (var (asked, value) in values)
        {
            var field = known.Find(f => f.Reference.Equals(asked, StringComparison.OrdinalIgnoreCase) || f.Name.Equals(asked, StringComparison.OrdinalIgnoreCase));
            if (field.Reference is { Length: > 0 } reference)
                resolved[reference] = value;
            else
                unknown.Add(asked);
        }

        return (resolved, unknown.Count == 0 ? null : Unknown(item, unknown));
    }

    private static Problem Unknown(AnchorState item, IReadOnlyList<string> unknown) => new(
        "field-unknown",
        $"Work item {item.Id} is a {item.Type} of project {item.Project}, and that type has no field {string.Join(", ", unknown.Select(u => $"'{u}'"))}.",
        "Add the field to the type in the organisation's process settings, or name a field that exists by its reference name (for example Custom.PmoStatus).");
}
