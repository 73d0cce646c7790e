using System.Text.RegularExpressions;
using TsPmo.Sandbox.Portfolio;

namespace TsPmo.Sandbox.Control;

/// <summary>The faults in force. The first rule that matches and is drawn decides; a request suffers one fault at most.</summary>
internal sealed class FaultBook
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public void Add(FaultRule rule)
    {
        var entry = new Entry(rule);
        lock (_gate) _entries.Add(entry);
    }

    public void Clear()
    {
        lock (_gate) _entries.Clear();
    }

    public bool Any(FaultAction action)
    {
        lock (_gate) return _entries.Exists(e => e.Rule.Action == action);
    }

    public FaultRule? Next(string tracker, string method, string path)
    {
        lock (_gate) return _entries.Find(e => e.Hits(tracker, method, path))?.Rule;
    }

    private sealed class Entry(FaultRule rule)
    {
        private readonly Regex? _path = rule.Path is null ? null : new Regex(rule.Path, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        private readonly RandomSequence _draw = new(rule.Seed, "fault");
        private int _unharmed = rule.After;
        private int _left = rule.Times ?? int.MaxValue;

        public FaultRule Rule => rule;

        public bool Hits(string tracker, string method, string path)
        {
            if (_left <= 0
                || (rule.Tracker is not null && rule.Tracker != tracker)
                || (rule.Method is not null && !rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                || (_path is not null && !_path.IsMatch(path))
                || !_draw.Chance(rule.Probability)
                || _unharmed-- > 0)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
