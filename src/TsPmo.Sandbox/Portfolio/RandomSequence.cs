namespace TsPmo.Sandbox.Portfolio;

/// <summary>
/// A seeded sequence (xoshiro256**, seeded by SplitMix64) that gives the same numbers on every machine and .NET version. A label makes
/// an independent sequence of the same seed, so that one project's draws do not shift another's.
/// </summary>
internal sealed class RandomSequence
{
    private ulong _a, _b, _c, _d;

    public RandomSequence(ulong seed, string label)
    {
        var state = seed ^ Fold(label);
        _a = Spread(ref state);
        _b = Spread(ref state);
        _c = Spread(ref state);
        _d = Spread(ref state);
    }

    /// <summary>A number of 0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from <paramref name="low"/> (inclusive) to <paramref name="high"/> (exclusive).</summary>
    public int Between(int low, int high) => high <= low ? low : low + (int)(NextDouble() * (high - low));

    public double Between(double low, double high) => low + (NextDouble() * (high - low));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count)];

    /// <summary>An entry drawn in proportion to its weight.</summary>
    public T Pick<T>(params ReadOnlySpan<(T Value, double Weight)> from)
    {
        var total = 0.0;
        foreach (var (_, weight) in from) total += weight;
        var at = NextDouble() * total;
        foreach (var (value, weight) in from)
        {
            if (at < weight) return value;
            at -= weight;
        }

        return from[^1].Value;
    }

    private ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Spread(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static ulong Fold(string label)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in label) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
