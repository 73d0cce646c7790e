using System.Text.Json;

namespace TsPmo.Plugins.Http;

/// <summary>
/// One array of a large answer, whose elements are made into what is kept of them while the answer is read, so that they are never there all at once as
/// parsed JSON. In the answer's body the array stays, empty. Whatever was made counts only when the answer came to its end: a request that is sent again begins anew.
/// </summary>
/// <param name="member">Name of the array in the answer's outermost object.</param>
internal abstract class SetAside(string member)
{
    /// <summary>Name of the array in the answer's outermost object.</summary>
    public string Member { get; } = member;

    /// <summary>Bytes of the elements, without what stands between them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes the next element: whole and valid JSON in memory that is used for something else afterwards.</summary>
    public void Take(ReadOnlyMemory<byte> element)
    {
        Bytes += element.Length;
        using var document = JsonDocument.Parse(element);
        Take(document.RootElement);
    }

    /// <summary>Forgets every element: the answer, or the array, begins again.</summary>
    public virtual void Clear() => Bytes = 0;

    /// <summary>Takes the next element, which lives no longer than the call.</summary>
    protected abstract void Take(JsonElement element);
}

/// <param name="member">Name of the array in the answer's outermost object.</param>
/// <param name="make">Makes of an element what is kept of it. The element lives no longer than the call.</param>
internal sealed class SetAside<T>(string member, Func<JsonElement, T> make) : SetAside(member)
{
    private readonly List<T> _made = [];

    /// <summary>What was made of the elements, in their order.</summary>
    public IReadOnlyList<T> Made => _made;

    public override void Clear()
    {
        base.Clear();
        _made.Clear();
    }

    protected override void Take(JsonElement element) => _made.Add(make(element));
}
