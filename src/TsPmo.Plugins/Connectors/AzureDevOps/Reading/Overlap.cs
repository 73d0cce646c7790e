using System.Globalization;

namespace TsPmo.Plugins.Connectors.AzureDevOps.Reading;

/// <summary>
/// Reads a list by time a little further back than it was read before, since what ends at the same time may become visible one after the other, and remembers
/// what lies in that stretch, so that nothing is read twice. What has no time is remembered as long as there is room.
/// </summary>
internal sealed class Overlap(DateTimeOffset? mark, IReadOnlyList<string>? recent)
{
    private const string Untimed = "@";
    private const int MostUntimed = 500;

    private static readonly TimeSpan Width = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _known = new(recent ?? [], StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _near = new(StringComparer.Ordinal);
    private readonly List<string> _untimed = [.. (recent ?? []).Where(k => k.EndsWith(Untimed, StringComparison.Ordinal))];

    /// <summary>Where to read from; null: the beginning.</summary>
    public DateTimeOffset? Since { get; } = mark - Width;

    /// <summary>The latest time met, before or now.</summary>
    public DateTimeOffset? Mark { get; private set; } = mark;

    /// <summary>What was met near the mark.</summary>
    public IReadOnlyList<string> Recent
    {
        get
        {
            Forget();
            return [.. _near.Keys.Order(StringComparer.Ordinal), .. _untimed.TakeLast(MostUntimed)];
        }
    }

    /// <summary>Whether something that ended at an instant is new; the same thing ending again is.</summary>
    public bool IsNew(string id, DateTimeOffset? at)
    {
        if (at is not { } end)
            return !_untimed.Contains(id + Untimed);
        var key = Key(id, end);
        return !_known.Contains(key) && !_near.ContainsKey(key);
    }

    /// <summary>Remembers what was met.</summary>
    public void Meet(string id, DateTimeOffset? at)
    {
        if (at is not { } end)
        {
            if (IsNew(id, at))
                _untimed.Add(id + Untimed);
            return;
        }

        _near[Key(id, end)] = end;
        Mark = Mark is { } latest && latest > end ? latest : end;
        if (_near.Count % 1000 == 0)
            Forget();
    }

    private static string Key(string id, DateTimeOffset end) => string.Create(CultureInfo.InvariantCulture, $"{id}@{end.ToUnixTimeMilliseconds()}");

    private void Forget()
    {
        foreach (var (key, _) in _near.Where(n => n.Value < Mark - Width).ToList())
            _near.Remove(key);
    }
}
