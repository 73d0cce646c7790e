using TsPmo.Sandbox.Hosting;
using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>The people. One person has one e-mail and an account in every tracker they work in.</summary>
internal sealed class Cast(IReadOnlyDictionary<TrackerKind, RecordedTracker> trackers)
{
    private readonly Dictionary<(TrackerKind, int), string> _accounts = [];
    private int _hired;

    /// <summary>Newly hired people, by number.</summary>
    public IReadOnlyList<int> Hire(int count)
    {
        var first = _hired;
        _hired += count;
        return [.. Enumerable.Range(first, count)];
    }

    /// <summary>The account of a person in a tracker, made when first asked for.</summary>
    public string Account(TrackerKind tracker, int person)
    {
        if (_accounts.TryGetValue((tracker, person), out var account)) return account;
        var (name, email) = Wording.Person(person);
        var hidden = tracker == TrackerKind.JiraCloud && person % 6 == 2;
        return _accounts[(tracker, person)] = trackers[tracker].AddPerson(new PersonSpec(name, email, hidden));
    }
}
