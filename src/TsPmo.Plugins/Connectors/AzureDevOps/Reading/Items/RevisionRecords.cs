using System.Text.Json;
using TsPmo.Model.Contracts;
using TsPmo.Plugins.Connectors.AzureDevOps.Wire;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading.Items;

/// <summary>Makes records of revisions, with the addresses and identifiers that they need to be understood.</summary>
internal sealed class RevisionRecords(AzureDevOpsClient client, KnownIterations known)
{
    private readonly IterationIndex _iterations = new(client, known);

    /// <param name="ours">Revisions of items that concern us.</param>
    /// <param name="foreign">Revisions of which the store decides. Nothing is asked of their projects: their iterations are known only where that is so already.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<List<SourceRecord>> OfAsync(IReadOnlyCollection<JsonElement> ours, IReadOnlyCollection<JsonElement> foreign, CancellationToken cancellationToken)
    {
        _iterations.BeginPage();
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var fields in ours.Select(Fields))
        {
            if (IterationKey.Of(fields) is { } key && !found.ContainsKey(key))
                found[key] = await _iterations.FindAsync(fields, cancellationToken) ?? "";
        }

        foreach (var fields in foreign.Select(Fields))
        {
            if (IterationKey.Of(fields) is { } key && _iterations.Known(fields) is { } identifier)
                found.TryAdd(key, identifier);
        }

        var context = Context(found);
        var deleted = _iterations.TakeDeleted().Select(IterationRecords.Deleted);
        return [.. deleted, .. ours.Select(r => Record(RecordKinds.Revision, r, context)), .. foreign.Select(r => Record(RecordKinds.ForeignRevision, r, context))];
    }

    private static JsonElement Fields(JsonElement revision) => revision.Child("fields") ?? default;

    private static SourceRecord Record(string kind, JsonElement revision, JsonElement context) => new(kind, $"{revision.Text("id")}/{revision.Text("rev")}", revision, context);

    private JsonElement Context(SortedDictionary<string, string> iterations) => Composed.Object(json =>
    {
        json.WriteString("base", client.Base);
        json.WriteStartObject("iterations");
        foreach (var (key, identifier) in iterations)
            json.WriteString(key, identifier);
        json.WriteEndObject();
    });
}
