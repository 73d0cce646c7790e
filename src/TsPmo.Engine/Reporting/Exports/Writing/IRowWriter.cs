namespace TsPmo.Engine.Reporting.Exports.Writing;

/// <summary>Writes rows in one form. Disposing it writes out what is still held.</summary>
internal interface IRowWriter : IAsyncDisposable
{
    /// <summary>Writes what stands before the rows.</summary>
    Task BeginAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken);

    Task WriteAsync(object?[] cells, CancellationToken cancellationToken);
}
