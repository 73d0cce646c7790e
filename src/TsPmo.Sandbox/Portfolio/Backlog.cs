using TsPmo.Sandbox.World;

namespace TsPmo.Sandbox.Portfolio;

/// <summary>What nobody has started and no sprint has taken, by rank.</summary>
internal sealed class Backlog(RandomSequence random)
{
    private readonly List<LiveItem> _ranked = [];

    public int Count => _ranked.Count;

    public void Append(LiveItem item) => _ranked.Add(item);

    /// <summary>Puts a later idea somewhere among the rest; an urgent one near the top.</summary>
    public void Insert(LiveItem item, bool urgent) => _ranked.Insert(urgent ? random.Between(0, Math.Min(4, _ranked.Count + 1)) : random.Between(0, _ranked.Count + 1), item);

    public bool Remove(LiveItem item) => _ranked.Remove(item);

    /// <summary>Takes the highest item that may be worked on; null where there is none.</summary>
    public LiveItem? Take(Func<LiveItem, bool> allowed)
    {
        var index = _ranked.FindIndex(i => allowed(i));
        if (index < 0) return null;
        var item = _ranked[index];
        _ranked.RemoveAt(index);
        return item;
    }

    public LiveItem? Any() => _ranked.Count == 0 ? null : random.Pick(_ranked);
}

/// <summary>The current and the next sprint of a team, with what is in them.</summary>
internal sealed class SprintBoard
{
    /// <summary>The running sprint; null between sprints and where there are none.</summary>
    public string? Current { get; set; }

    public string? Next { get; set; }

    /// <summary>Planned for the running sprint and not started.</summary>
    public List<LiveItem> Waiting { get; } = [];

    /// <summary>Planned for the next sprint.</summary>
    public List<LiveItem> Planned { get; } = [];

    /// <summary>Started and not finished.</summary>
    public List<LiveItem> Doing { get; } = [];
}
