using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>
/// What a reader can have seen: an item that goes out of sight between two passes takes with it what happened to it since the last one, and that it is gone shows at the
/// next sweep only. With changelogs that is every deletion; trackers with revisions tell of deletions, and only what is destroyed or hidden goes without a word.
/// </summary>
internal sealed class TruthSight
{
    private readonly TruthSettings _settings;
    private readonly Dictionary<(string Tracker, string Id), SeenItem> _items = [];

    public TruthSight(TruthLog log, TruthSettings settings)
    {
        _settings = settings;
        if (settings.Passes is not { } passes)
            return;
        foreach (var act in log.Acts)
            Take(act);
        foreach (var ((tracker, _), item) in _items)
            item.Watch(passes, isFrank: settings.FrankTrackers.Contains(tracker), tellsAll: settings.ChangelogTrackers.Contains(tracker));
    }

    /// <summary>Whether an act took an item away, or brought it back, without a word to readers.</summary>
    public bool IsSilent(string tracker, string act) =>
        _settings.Passes is not null && (act == "item-destroyed" || (act == "item-deleted" && _settings.ChangelogTrackers.Contains(tracker)));

    /// <summary>Whether what happened to the item at that instant has been seen.</summary>
    public bool Saw(string tracker, string id, DateTimeOffset at) => !_items.TryGetValue((tracker, id), out var item) || item.Saw(at);

    /// <summary>When the item was found gone and found again, oldest first.</summary>
    public IReadOnlyList<Disappearance> Of(string tracker, string id) => _items.TryGetValue((tracker, id), out var item) ? item.Disappearances : [];

    /// <summary>Whether that instant is of an edit that hid the item: who sees the item again later sees this edit only if it is read anew.</summary>
    public bool IsVeiled(string tracker, string id, DateTimeOffset at) => _items.TryGetValue((tracker, id), out var item) && item.Turns.Exists(t => !t.IsVisible && t.At == at);

    private void Take(JsonObject act)
    {
        var (tracker, at) = ((string)act["tracker"]!, TruthLog.Instant(act["at"]) ?? default);
        var id = (string?)act["id"] ?? "";
        switch ((string)act["act"]!)
        {
            case "item-created": _items[(tracker, id)] = new SeenItem(at); break;
            case "item-changed" or "work-logged" or "work-removed": _items[(tracker, id)].Touches.Add(at); break;
            case "item-deleted" when !IsSilent(tracker, "item-deleted"): _items[(tracker, id)].Bin(at, isThere: false); break;
            case "item-restored": _items[(tracker, id)].Bin(at, isThere: true); break;
            case "item-deleted" or "item-destroyed": _items[(tracker, id)].Turns.Add(new(at, IsVisible: false, IsDeletion: true)); break;
            case "item-hidden": _items[(tracker, id)].Turns.Add(new(at, IsVisible: false, IsDeletion: false)); break;
            case "item-shown": _items[(tracker, id)].Turns.Add(new(at, IsVisible: true, IsDeletion: false)); break;
        }

        foreach (var touched in act["touched"]?.AsArray() ?? [])
            _items[(tracker, (string)touched!)].Touches.Add(at);
    }

    private sealed record Turn(DateTimeOffset At, bool IsVisible, bool IsDeletion);

    private sealed class SeenItem(DateTimeOffset created)
    {
        private readonly List<Disappearance> _disappearances = [];

        // When the tracker told that it was deleted, and that it came back.
        private readonly List<(DateTimeOffset At, bool IsThere)> _told = [(created, true)];

        private IReadOnlyList<TruthPass> _passes = [];
        private bool _tellsAll;
        private bool _isKnown;
        private bool _isGone;

        public List<DateTimeOffset> Touches { get; } = [created];

        public List<Turn> Turns { get; } = [new(created, IsVisible: true, IsDeletion: false)];

        public IReadOnlyList<Disappearance> Disappearances => _disappearances;

        public void Bin(DateTimeOffset at, bool isThere)
        {
            Touches.Add(at);
            _told.Add((at, isThere));
        }

        public void Watch(IReadOnlyList<TruthPass> passes, bool isFrank, bool tellsAll)
        {
            if (Turns is [_] && passes is not [])
                return;
            _passes = passes;
            _tellsAll = tellsAll;
            var before = DateTimeOffset.MinValue;
            foreach (var pass in passes)
            {
                if (At(pass.Began) is { } turn)
                    Look(pass, turn, before, isFrank);
                before = pass.Began;
            }
        }

        private void Look(TruthPass pass, Turn turn, DateTimeOffset before, bool isFrank)
        {
            if (turn.IsVisible)
            {
                if (_isGone && (pass.Swept || Touches.Exists(t => t >= turn.At && t > before && t <= pass.Began)))
                    Turned(isGone: false, turn, pass);
                _isKnown = true;
            }
            else if (_isKnown && !_isGone && pass.Swept && (turn.IsDeletion || !isFrank) && _told.FindLast(t => t.At <= turn.At && Saw(t.At)).IsThere)
            {
                Turned(isGone: true, turn, pass);
            }
        }

        private void Turned(bool isGone, Turn turn, TruthPass pass)
        {
            _isGone = isGone;
            _disappearances.Add(new(isGone, turn.At, pass.Ended));
        }

        /// <summary>
        /// Whether what happened at that instant came to be seen: at the first pass after it, or at a later one that reads again what was out of sight. With changelogs each
        /// pass that meets the item reads all of it.
        /// </summary>
        public bool Saw(DateTimeOffset at)
        {
            if (Turns is [_])
                return true;
            var later = _passes.Where(p => p.Ended >= at).ToList();
            return later.Where(p => _tellsAll || p.Swept || p == later[0]).Any(p => At(p.Began) is { IsVisible: true });
        }

        private Turn? At(DateTimeOffset instant) => Turns.FindLast(t => t.At <= instant);
    }
}

/// <summary>That an item was found gone, or found again.</summary>
/// <param name="IsGone">Which of the two.</param>
/// <param name="After">When it happened.</param>
/// <param name="Until">End of the pass that found it.</param>
internal sealed record Disappearance(bool IsGone, DateTimeOffset After, DateTimeOffset Until);
