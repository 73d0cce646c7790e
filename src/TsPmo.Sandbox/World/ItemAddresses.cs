namespace TsPmo.Sandbox.World;

/// <summary>
/// The web addresses of items and what they point at. Links across trackers are made of addresses, which hold ports; the truth names
/// their target as <c>tracker:id</c>, so that it is the same on every machine.
/// </summary>
internal sealed class ItemAddresses
{
    private readonly List<(string Base, RecordedTracker Tracker)> _trackers = [];

    public void Add(string baseUrl, RecordedTracker tracker) => _trackers.Add((baseUrl.TrimEnd('/') + "/", tracker));

    public string AddressOf(RecordedTracker tracker, LiveItem item)
    {
        var root = _trackers.First(t => t.Tracker == tracker).Base;
        return item.Key == item.Id ? $"{root}{Uri.EscapeDataString(item.Spec.Project)}/_workitems/edit/{item.Id}" : $"{root}browse/{item.Key}";
    }

    /// <summary>The item behind an address as <c>tracker:id</c>; the address itself where it belongs to nobody.</summary>
    public string Resolve(string address)
    {
        foreach (var (root, tracker) in _trackers)
        {
            if (!address.StartsWith(root, StringComparison.Ordinal)) continue;
            if (tracker.Live.IdOf(address[(address.LastIndexOf('/') + 1)..]) is { } id) return $"{tracker.Name}:{id}";
        }

        return address;
    }
}
