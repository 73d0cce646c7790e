namespace TsPmo.Engine.Reporting.Exports;

/// <summary>
/// One kind of export: its columns and its rows in their order. A cell is null, a text, a truth value, a number, a <see cref="DateTimeOffset"/>, a
/// <see cref="DateOnly"/> or a list of texts; every form of writing knows exactly these.
/// </summary>
internal abstract class ExportKind(string name, params string[] columns)
{
    /// <summary>Name on the command line and in the API.</summary>
    public string Name => name;

    /// <summary>Whether every row is a figure about a person.</summary>
    public virtual bool IsPersonal => false;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows, one cell per column, in ordinal order of their identity.</summary>
    public abstract IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, CancellationToken cancellationToken);

    /// <summary>The name of an enumeration's member as exports spell it: camel case.</summary>
    protected static string Spelled(Enum value)
    {
        var text = value.ToString();
        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>Empty texts are null in exports.</summary>
    protected static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
