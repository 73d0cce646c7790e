namespace TsPmo.Plugins.Connectors.AzureDevOps.Publishing.Fields;

/// <summary>Fields and values of one write, by reference name.</summary>
/// <param name="Set">What we say.</param>
/// <param name="Restore">What we said earlier and take back: the value that stood before us, null for none.</param>
internal sealed record FieldWrite(IReadOnlyDictionary<string, string?> Set, IReadOnlyDictionary<string, string?> Restore)
{
    public static readonly FieldWrite Nothing = new(new Dictionary<string, string?>(), new Dictionary<string, string?>());

    /// <summary>Everything that is sent.</summary>
    public IReadOnlyDictionary<string, string?> All => Set.Concat(Restore).ToDictionary(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What must still hold when a write is applied.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Project">Its project.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Standing">What stood in the fields of the write.</param>
internal sealed record FieldPrecondition(string Item, string Project, long Revision, IReadOnlyDictionary<string, string?> Standing);
