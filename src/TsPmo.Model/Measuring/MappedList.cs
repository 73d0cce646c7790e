using System.Collections;

namespace TsPmo.Model.Measuring;

/// <summary>
/// A list of which each element is made from one of another list, whenever somebody looks at it. How many there are is known without making any: figures are stored with
/// the number of objects behind them, and what is to be said of each is written for the few that are shown.
/// </summary>
/// <param name="sources">What they are made from, asked for when the list is first looked at.</param>
/// <param name="make">Makes an element from its source; pure.</param>
public sealed class MappedList<TSource, T>(Func<IReadOnlyList<TSource>> sources, Func<TSource, T> make) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<TSource>> _sources = new(sources);

    /// <inheritdoc/>
    public int Count => _sources.Value.Count;

    /// <inheritdoc/>
    public T this[int index] => make(_sources.Value[index]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _sources.Value.Select(make).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
