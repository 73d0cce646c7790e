using System.Text.Json;

namespace TsPmo.Plugins.Publishing;

/// <summary>Fields and values of one write, in the tracker's own form.</summary>
/// <param name="Set">What we say.</param>
/// <param name="Restore">What we said earlier and take back: the value that stood before us, null for none.</param>
/// <param name="Before">What stood in every field of ours before we first wrote there; fields may join a publication later.</param>
internal sealed record FieldWrite(IReadOnlyDictionary<string, string?> Set, IReadOnlyDictionary<string, string?> Restore, IReadOnlyDictionary<string, string?> Before)
{
    /// <summary>Everything that is sent.</summary>
    public IReadOnlyDictionary<string, string?> All() => Set.Concat(Restore).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the ledger keeps: our fields as the tracker says they stand; null when none is ours any more.</summary>
    public string? Standing(StandingFields item) => Set.Count == 0
        ? null
        : (this with { Set = Set.Keys.ToDictionary(f => f, item.Value, StringComparer.Ordinal), Restore = new Dictionary<string, string?>() }).ToText();

    public string ToText() => JsonSerializer.Serialize(this, FieldJson.Default.FieldWrite);
}

/// <summary>What must still hold when a write is applied.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Project">Its project.</param>
/// <param name="Version">Its version.</param>
/// <param name="Standing">What stood in the fields of the write.</param>
/// <param name="IsQuiet">Whether the account may keep the write from being mailed.</param>
internal sealed record FieldPrecondition(string Item, string Project, long Version, IReadOnlyDictionary<string, string?> Standing, bool IsQuiet = true);
