using TsPmo.Model.Facts;
using TsPmo.Model.Work;

namespace TsPmo.Plugins.Connectors.Jira.Normalising;

/// <summary>
/// The values of an issue at an instant, walking back from today's. Where a history tells only a name that several fields bear, the change belongs to the
/// one that stands where the change led; where that tells nothing, to all of them.
/// </summary>
internal sealed class StandingValues(IReadOnlyDictionary<string, RawValue> today)
{
    private readonly Dictionary<string, RawValue> _values = today.ToDictionary(StringComparer.Ordinal);

    /// <summary>The changes of one history item that happened; the values then stand as before them.</summary>
    public IReadOnlyList<KeyValuePair<string, RawChange>> Before(IReadOnlyList<KeyValuePair<string, RawChange>> told)
    {
        var fitting = told.Count > 1 ? told.Where(c => _values.GetValueOrDefault(c.Key) == c.Value.To).ToList() : [];
        var happened = fitting.Count > 0 ? fitting : told;
        foreach (var (field, change) in happened)
            _values[field] = change.From;
        return happened;
    }
}
