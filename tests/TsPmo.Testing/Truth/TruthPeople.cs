using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>Who the accounts belong to: the e-mail where it is visible, else the account itself.</summary>
internal sealed class TruthPeople
{
    private readonly Dictionary<(string Tracker, string Account), string> _ids = [];
    private readonly Dictionary<string, JsonObject> _rows = new(StringComparer.Ordinal);

    public TruthPeople(TruthLog log)
    {
        foreach (var person in log.Of("person"))
            Add((string)person["tracker"]!, (string)person["account"]!, person);
    }

    public string? Id(string tracker, string? account) => account is null ? null : _ids[(tracker, account)];

    /// <summary>Those who did something or had something to do: nobody else can be known to a reader of work.</summary>
    public IEnumerable<JsonObject> Rows(TruthLog log)
    {
        var seen = log.Acts.SelectMany(Accounts).Select(a => Id(a.Tracker, a.Account)).ToHashSet(StringComparer.Ordinal);
        return _rows.Where(r => seen.Contains(r.Key)).Select(r => r.Value);
    }

    private static IEnumerable<(string Tracker, string Account)> Accounts(JsonObject act)
    {
        var tracker = (string)act["tracker"]!;
        IEnumerable<JsonNode?> nodes = (string)act["act"]! switch
        {
            "item-created" => [act["author"], act["values"]!["reporter"], act["values"]!["assignee"]],
            "item-changed" => [act["author"], .. act["edits"]!.AsArray().Where(e => (string?)e!["field"] == "assignee").SelectMany(e => new[] { e!["from"], e["to"] })],
            "capacity" => act["rows"]!.AsArray().Select(r => r!["account"]),
            "person" or "project" or "sprint" or "version" or "deployment" or "http-write" or "item-destroyed" => [],
            _ => [act["author"]],
        };
        return nodes.OfType<JsonNode>().Select(n => (tracker, (string)n!));
    }

    private void Add(string tracker, string account, JsonObject person)
    {
        var email = (bool)person["emailHidden"]! ? null : ((string)person["email"]!).ToLowerInvariant();
        var id = email ?? $"{tracker}:{account}";
        _ids[(tracker, account)] = id;
        if (!_rows.TryGetValue(id, out var row))
        {
            _rows[id] = row = new JsonObject
            {
                ["id"] = id, ["displayName"] = (string)person["displayName"]!,
                ["emails"] = email is null ? [] : new JsonArray(email), ["accounts"] = new JsonArray(),
            };
        }

        // Accounts may differ in the name they show; the first account's is taken, and of that the latest.
        var first = row["accounts"]!.AsArray().Select(a => (string?)a).FirstOrDefault();
        if (first is null || string.CompareOrdinal($"{tracker}:{account}", first) <= 0)
            row["displayName"] = (string)person["displayName"]!;
        row["accounts"] = new JsonArray([.. row["accounts"]!.AsArray().Select(a => a!.GetValue<string>()).Append($"{tracker}:{account}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(a => (JsonNode)JsonValue.Create(a))]);
    }
}
