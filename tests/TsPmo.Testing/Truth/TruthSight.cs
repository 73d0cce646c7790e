using System.Text.Json.Nodes;

namespace TsPmo.Testing.Truth;

/// <summary>
/// What a reader can have seen of the items of trackers that do not tell of deletions: an item that goes between two passes takes with it what happened to it since the
/// last one, and that it is gone shows at the next sweep only.
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
        foreach (var act in log.Acts.Where(a => IsSighted((string?)a["tracker"])))
            Take(act);
        foreach (var ((tracker, _), item) in _items)
            item.Watch(passes, isFrank: settings.FrankTrackers.Contains(tracker));
    }

    /// <summary>Whether items of the tracker come to be known by passes alone.</summary>
    public bool IsSighted(string? tracker) => tracker is not null && _settings.Passes is not null && _settings.ChangelogTrackers.Contains(tracker);

    /// <summary>Whether what happened to the item at that instant has been seen.</summary>
    public bool Saw(string tracker, string id, DateTimeOffset at) => !_items.TryGetValue((tracker, id), out var item) || at <= item.SeenUntil;

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
            case "item-deleted": _items[(tracker, id)].Turns.Add(new(at, IsVisible: false, IsDeletion: true)); break;
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
        private bool _isKnown;
        private bool _isGone;

        public List<DateTimeOffset> Touches { get; } = [created];

        public List<Turn> Turns { get; } = [new(created, IsVisible: true, IsDeletion: false)];

        public DateTimeOffset SeenUntil { get; private set; } = DateTimeOffset.MaxValue;

        public IReadOnlyList<Disappearance> Disappearances => _disappearances;

        public void Watch(IReadOnlyList<TruthPass> passes, bool isFrank)
        {
            if (Turns is [_] && passes is not [])
                return;
            if (!Turns[^1].IsVisible)
                SeenUntil = passes.LastOrDefault(p => At(p.Began) is { IsVisible: true })?.Ended ?? DateTimeOffset.MinValue;
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
            else if (_isKnown && !_isGone && pass.Swept && (turn.IsDeletion || !isFrank))
            {
                Turned(isGone: true, turn, pass);
            }
        }

        private void Turned(bool isGone, Turn turn, TruthPass pass)
        {
            _isGone = isGone;
            _disappearances.Add(new(isGone, turn.At, pass.Ended));
        }

        private Turn? At(DateTimeOffset instant) => Turns.FindLast(t => t.At <= instant);
    }
}

/// <summary>That an item was found gone, or found again.</summary>
/// <param name="IsGone">Which of the two.</param>
/// <param name="After">When it happened.</param>
/// <param name="Until">End of the pass that found it.</param>
internal sealed record Disappearance(bool IsGone, DateTimeOffset After, DateTimeOffset Until);
