using System.Runtime.InteropServices;

namespace TsPmo.Model.History;

/// <summary>
/// Instants at which something may change, gathered from several tracks: each once, in order, none before the first that is looked at. One is used for item after item,
/// so that a sweep over thousands of them allocates little.
/// </summary>
internal sealed class Cuts
{
    private readonly List<DateTimeOffset> _instants = [];
    private DateTimeOffset _first;

    /// <summary>Begins anew. The first instant is itself a cut; earlier ones do not matter.</summary>
    public Cuts From(DateTimeOffset first)
    {
        _instants.Clear();
        _instants.Add(_first = first);
        return this;
    }

    /// <summary>Adds an instant.</summary>
    public Cuts Add(DateTimeOffset instant)
    {
        if (instant > _first)
            _instants.Add(instant);
        return this;
    }

    /// <summary>Adds some instants.</summary>
    public Cuts Add(IEnumerable<DateTimeOffset> instants)
    {
        foreach (var instant in instants)
            Add(instant);
        return this;
    }

    /// <summary>Adds the instants at which a track changes.</summary>
    public Cuts Add<T>(Track<T> track)
    {
        foreach (var entry in track.UpTo(DateTimeOffset.MaxValue))
            Add(entry.At);
        return this;
    }

    /// <summary>Adds the instants at which a track changes, and as much later as is given.</summary>
    public Cuts Add<T>(Track<T> track, TimeSpan later)
    {
        foreach (var entry in track.UpTo(DateTimeOffset.MaxValue))
            Add(entry.At).Add(entry.At + later);
        return this;
    }

    /// <summary>All of them. Valid until the next <see cref="From"/>.</summary>
    public ReadOnlySpan<DateTimeOffset> InOrder()
    {
        _instants.Sort();
        var all = CollectionsMarshal.AsSpan(_instants);
        var count = 1;
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] != all[count - 1])
                all[count++] = all[i];
        }

        return all[..count];
    }
}
