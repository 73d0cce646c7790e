using TsPmo.Sync.Configuration.Options;
using TsPmo.Sync.Configuration.Reading;

namespace TsPmo.Sync.Configuration.Checking;

/// <summary>Whether every account belongs to one person and one connector.</summary>
internal static class PeopleChecks
{
    public static void Check(TsPmoOptions options, SettingProblems problems)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, person) in options.People)
        {
            foreach (var (account, index) in person.Accounts.Select((a, i) => (a, i)))
            {
                var key = $"TsPmo:People:{id}:Accounts:{index}";
                var connector = account[..account.IndexOf(':', StringComparison.Ordinal)];
                if (!options.Connectors.ContainsKey(connector))
                    problems.Add(key, account, "does not begin with a configured connector", NearestName.Advice(connector, [.. options.Connectors.Keys]));
                if (!owners.TryAdd(account, id))
                    problems.Add(key, account, $"already belongs to {owners[account]}", "give it to one person only");
            }
        }
    }
}
