using TsPmo.Model.Contracts;

namespace TsPmo.Testing.Conformance;

/// <summary>
/// Readings of one stream that were resumed from cursors. One that comes to a cursor from which was resumed before is not read further: it goes on as that one did, because a cursor is
/// all that a reading knows.
/// </summary>
/// <param name="read">Resumes from a cursor.</param>
public sealed class Resumptions(Func<string, CancellationToken, IAsyncEnumerable<ReadStep>> read)
{
    private readonly Dictionary<string, IReadOnlyList<SourcePage>> _known = new(StringComparer.Ordinal);

    /// <summary>All pages that follow a cursor. A failure of the reading is thrown.</summary>
    public async Task<IReadOnlyList<SourcePage>> FromAsync(string cursor, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(cursor, out var known))
            return known;
        var pages = new List<SourcePage>();
        await foreach (var step in read(cursor, cancellationToken))
        {
            if (step is ReadFailure failure)
                throw new InvalidOperationException($"A reading that was resumed failed: {failure.Problem.Message}");
            if (step is not SourcePage page)
                continue;
            pages.Add(page);
            if (!_known.TryGetValue(page.Cursor, out var rest))
                continue;
            pages.AddRange(rest);
            break;
        }

        return _known[cursor] = pages;
    }
}
