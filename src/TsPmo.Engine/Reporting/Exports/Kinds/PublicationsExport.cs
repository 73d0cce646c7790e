using System.Runtime.CompilerServices;
using TsPmo.Engine.Storage;

namespace TsPmo.Engine.Reporting.Exports.Kinds;

/// <summary>What was written where.</summary>
internal sealed class PublicationsExport(IPublicationLedger ledger) : ExportKind(
    "publications", "project", "publication", "connector", "target", "anchor", "contentHash", "state", "writtenAt", "remoteId")
{
    public override async IAsyncEnumerable<object?[]> RowsAsync(ExportScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = await ledger.ListAsync(project: null, cancellationToken);
        var chosen = records.Where(r => scope.Projects is null || scope.Projects.Any(p => p.Key == r.Project));
        foreach (var record in chosen.OrderBy(r => r.Project, StringComparer.Ordinal).ThenBy(r => r.Publication, StringComparer.Ordinal))
        {
            yield return
            [
                record.Project, record.Publication, record.Connector, record.Target, record.Anchor, record.ContentHash, Spelled(record.State), record.WrittenAt, record.RemoteId,
            ];
        }
    }
}
