namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>The risk register. Nothing enters it yet, so it has no rows.</summary>
internal sealed class RisksExport() : ExportKind(
    "risks", "project", "id", "title", "kind", "probability", "impact", "score", "status", "owner", "sources", "raisedAt")
{
    public override IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, CancellationToken cancellationToken) => AsyncEnumerable.Empty<object?[]>();
}
