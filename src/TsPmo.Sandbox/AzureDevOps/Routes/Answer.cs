namespace TsPmo.Sandbox.AzureDevOps.Routes;

/// <summary>An answer: a body that no longer touches the state, a status, where the next page begins, and the version of what is told.</summary>
internal sealed record Answer(object? Body, int Status = 200, string? ContinuationToken = null)
{
    public string? ETag { get; init; }

    public static Answer Empty { get; } = new(Body: null);

    /// <summary>A list in the wrapper that all lists but the reporting ones have.</summary>
    public static Answer List(IReadOnlyCollection<object?> values, string? continuationToken = null) =>
        new(new { count = values.Count, value = values }, ContinuationToken: continuationToken);

    /// <summary>One page of a list that is paged by offset: the token is the number of rows before the next page.</summary>
    public static Answer Page<T>(IReadOnlyCollection<T> all, int offset, int top, Func<T, object?> write)
    {
        var values = all.Skip(offset).Take(top).Select(write).ToList();
        var next = offset + values.Count;
        return List(values, next < all.Count && values.Count > 0 ? next.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
